import { randomUUID } from "node:crypto";
import type { Billing, MemberActor } from "../context";
import { emailTaken, newCredentials } from "../sign-in/credentials";
import { ensureOwner } from "./ensure-owner";

export interface NewMemberLogin {
  name: string;
  email: string;
  password: string;
  company: string;
}

/** A login with its own customer, as if the person had signed up. */
export async function createMemberLogin({ db }: Billing, input: NewMemberLogin): Promise<MemberActor> {
  const { person, credential } = await newCredentials(randomUUID(), input);
  await db.login
    .create({ data: { ...person, credentials: { create: credential } }, select: { id: true } })
    .catch((error) => emailTaken(error, person.email));
  const membership = await ensureOwner(db, person, input.company);
  return { kind: "member", ...person, ...membership };
}

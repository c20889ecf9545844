import { randomUUID } from "node:crypto";
import type { StaffRole } from "../access/permissions";
import { recordAudit } from "../audit/record";
import type { Billing, StaffActor } from "../context";
import { emailTaken, newCredentials } from "../sign-in/credentials";

export interface NewStaff {
  name: string;
  email: string;
  password: string;
  role: StaffRole;
}

const setup = {
  actor: { kind: "system", id: "setup", name: "Set-up" },
  requestId: "create-staff",
  ip: null,
} as const;

/** The only way to become staff: there is no sign-up for the console. */
export async function createStaff({ db }: Pick<Billing, "db">, input: NewStaff): Promise<StaffActor> {
  const { person, credential } = await newCredentials(randomUUID(), input);
  const { role } = input;
  await db
    .$transaction(async (tx) => {
      await tx.staff.create({
        data: { ...person, role, credentials: { create: credential } },
        select: { id: true },
      });
      await recordAudit(tx, setup, {
        action: "staff.create",
        targetType: "staff",
        targetId: person.id,
        after: { email: person.email, role },
      });
    })
    .catch((error) => emailTaken(error, person.email));
  return { kind: "staff", ...person, role };
}

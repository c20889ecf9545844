import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { BillingError, conflict } from "../errors";

export const passwordLength = { min: 8, max: 128 } as const;

const NewPerson = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(passwordLength.min).max(passwordLength.max),
});

/** A person as the sign-in tables hold them. */
export async function newCredentials(id: string, input: z.input<typeof NewPerson>) {
  const parsed = NewPerson.safeParse(input);
  if (!parsed.success) throw new BillingError("INVALID", "invalid_person", z.prettifyError(parsed.error));
  const { name, email, password } = parsed.data;
  return {
    person: { id, name, email },
    credential: { id, accountId: id, providerId: "credential", password: await hashPassword(password) },
  };
}

export function emailTaken(error: unknown, email: string): never {
  if ((error as { code?: string }).code === "P2002") {
    throw conflict("email_taken", `Somebody already signs in as ${email}.`);
  }
  throw error;
}

import { randomBytes } from "node:crypto";
import { z } from "zod";
import { staffRoles } from "../access/permissions";
import { openDatabase } from "../db/client";
import { createStaff } from "./create-staff";

const usage = `usage: npm run staff -- add <email> <${staffRoles.join("|")}> [name]`;

const Command = z.tuple([z.literal("add"), z.email(), z.enum(staffRoles)]).rest(z.string());

/** How the first person gets into the console: there is no sign-up for staff. The password is shown once. */
async function main(words: string[], databaseUrl: string | undefined): Promise<void> {
  const command = Command.safeParse(words);
  if (!command.success) throw new Error(usage);
  if (!databaseUrl) throw new Error("DATABASE_URL must name a PostgreSQL database");
  const [, email, role, ...name] = command.data;
  const { db, pool } = openDatabase(databaseUrl, { connections: 1 });
  try {
    const password = randomBytes(15).toString("base64url");
    await createStaff({ db }, { email, role, name: name.join(" ") || email, password });
    console.log(JSON.stringify({ email, role, password }));
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

await main(process.argv.slice(2), process.env.DATABASE_URL).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

import { z } from "zod";
import { openBilling } from "../open-billing";
import { applyCatalog } from "./apply-catalog";
import { compareCatalog } from "./compare-catalog";
import { describeChanges } from "./describe-changes";

const Env = z.object({
  DATABASE_URL: z.string().min(1, "must name a PostgreSQL database"),
  STRIPE_SECRET_KEY: z.string().regex(/^[sr]k_(test|live)_/, "must be a Stripe secret or restricted key"),
  STRIPE_API_BASE: z.url().optional(),
});

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

async function main(command: string | undefined): Promise<void> {
  if (command !== "plan" && command !== "apply") return fail("usage: npm run catalog -- plan | apply");
  const env = Env.safeParse({ ...process.env, STRIPE_API_BASE: process.env.STRIPE_API_BASE || undefined });
  if (!env.success) return fail(z.prettifyError(env.error));
  const report = (fields: Record<string, unknown>, message: string) => console.error(message, fields);
  const billing = await openBilling({
    databaseUrl: env.data.DATABASE_URL,
    connections: 2,
    stripe: { secretKey: env.data.STRIPE_SECRET_KEY, apiBase: env.data.STRIPE_API_BASE },
    browser: { publishableKey: "", stripeJsUrl: null },
    log: { debug() {}, info() {}, warn: report, error: report },
  });
  try {
    const { changes, unchanged } = await compareCatalog(billing);
    for (const line of describeChanges(changes)) console.log(line);
    if (changes.length === 0) {
      console.log("Nothing to do: Stripe offers what the catalogue says.");
      return;
    }
    if (command === "plan") {
      const count = `${changes.length} ${changes.length === 1 ? "change" : "changes"}`;
      console.log(`${count}, ${unchanged} prices stay. Run "apply" to make it so.`);
      return;
    }
    const applied = await applyCatalog(billing);
    const { created, archived } = applied;
    console.log(
      `Done: ${created.length} prices created, ${archived.length} archived, ${applied.unchanged} unchanged.`,
    );
  } finally {
    await billing.close();
  }
}

await main(process.argv[2]).catch((error: Error & { type?: string }) =>
  fail(
    error.type === "StripeConnectionError" ? `Stripe could not be reached: ${error.message}` : error.message,
  ),
);

import { migrate } from "../db/migrate";
import { openBilling } from "../open-billing";
import { applyCatalog } from "../plans/apply-catalog";
import { readEnv } from "./env";
import { seedDemo } from "./seed";

const env = readEnv();
const quiet = { debug() {}, info() {}, warn: report, error: report };

function report(fields: Record<string, unknown>, message: string) {
  console.error(
    message,
    JSON.stringify(fields, (_key, value) => (value instanceof Error ? value.message : value)),
  );
}

const open = () =>
  openBilling({
    databaseUrl: env.DATABASE_URL,
    connections: 10,
    stripe: { secretKey: env.STRIPE_SECRET_KEY, apiBase: env.STRIPE_API_BASE || undefined },
    browser: { publishableKey: env.STRIPE_PUBLISHABLE_KEY, stripeJsUrl: null },
    log: quiet,
  });

const commands: Record<string, () => Promise<void>> = {
  async migrate() {
    const applied = await migrate(env.DATABASE_URL);
    console.log(applied.length ? `applied ${applied.join(", ")}` : "the database is up to date");
  },
  async catalog() {
    const billing = await open();
    const { created, archived, unchanged } = await applyCatalog(billing);
    console.log(`catalogue: ${created.length} created, ${archived.length} archived, ${unchanged} unchanged`);
    await billing.close();
  },
  async seed() {
    if (!env.STRIPE_API_BASE) throw new Error("the demo world is made in the sandbox only");
    const billing = await open();
    console.log(JSON.stringify({ logins: await seedDemo(billing, env.STRIPE_API_BASE) }));
    await billing.close();
  },
};

const words = process.argv.slice(2);
const chosen = words.map((word) => commands[word]);
if (words.length === 0 || chosen.includes(undefined)) {
  throw new Error(`usage: main.ts ${Object.keys(commands).join(" | ")}, one or several`);
}
for (const command of chosen) await command?.();

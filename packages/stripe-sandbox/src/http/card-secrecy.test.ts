import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { clientOf, startReceiver } from "../testing/start";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const numbers = [
  "4242424242424242",
  "5555555555554444",
  "4000000000000002",
  "4000002760003184",
  "378282246310005",
];
const code = "8317";

/** Every way for a card into the sandbox, also the wrong ones. */
function waysIn(
  number: string,
  intent: string,
  secret: string,
): [path: string, params: Record<string, string>][] {
  const fields = (prefix: string) => ({
    [`${prefix}[number]`]: number,
    [`${prefix}[exp_month]`]: "12",
    [`${prefix}[exp_year]`]: "40",
    [`${prefix}[cvc]`]: code,
  });
  const data = { "payment_method_data[type]": "card", ...fields("payment_method_data[card]") };
  const spaced = number.replace(/(.{4})/g, "$1 ").trim();
  return [
    ["/v1/tokens", fields("card")],
    ["/v1/payment_methods", { type: "card", ...fields("card") }],
    ["/v1/payment_methods", { type: "card", ...fields("card"), "card[number]": spaced }],
    ["/v1/confirmation_tokens", data],
    [`/v1/payment_intents/${intent}/confirm`, { client_secret: secret, ...data }],
    ["/v1/tokens", { card: number }],
    ["/v1/tokens", { "card[numbr]": spaced, "card[cvc]": code }],
    [
      "/v1/payment_methods",
      { type: "card", "card[number]": number, "card[exp_month]": number, "card[cvc]": code },
    ],
    ["/v1/confirmation_tokens", { payment_method: number }],
    [`/v1/payment_intents/${number}/confirm`, { payment_method: "pm_card_visa" }],
    ["/v1/customers", { ...fields("card") }],
  ];
}

it("keeps no card number and no code in its state, snapshots, records, events or output", async () => {
  const receiver = await startReceiver();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("../main.ts", import.meta.url))],
    {
      env: {
        ...process.env,
        SANDBOX_PORT: "0",
        SANDBOX_DATA_DIR: dataDir,
        SANDBOX_FORWARD: `${receiver.url}=${receiver.secret}`,
      },
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output).toContain("listening");
  const { listening: url } = JSON.parse(output.split("\n")[0] ?? "");
  const stripe = clientOf({ port: Number(new URL(url).port), secretKey: "sk_test_x" } as never);
  let asked = 0;
  for (const number of numbers) {
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    for (const [path, params] of waysIn(number, intent.id, intent.client_secret ?? "")) {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { authorization: "Bearer pk_test_browser", "idempotency-key": `key-${asked}` },
        body: new URLSearchParams(params),
      });
      asked += 1;
      expect(response.status).toBeLessThan(500);
    }
  }
  await fetch(`${url}/_sandbox/snapshot`, { method: "POST", body: JSON.stringify({ name: "kept" }) });
  const pages = ["calls", "deliveries", "objects/events", "objects/payment_methods", "objects/tokens"];
  const records = await Promise.all(
    pages.map(async (page) => (await fetch(`${url}/_sandbox/${page}`)).text()),
  );
  expect(JSON.parse(records[0] ?? "").length).toBeGreaterThanOrEqual(asked);
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  child.kill("SIGTERM");
  await once(child, "exit");
  await receiver.close();

  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const kept = files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
  expect(kept.join("").length).toBeGreaterThan(10_000);
  const everything = [output, ...records, ...kept, ...receiver.received.map(({ body }) => body)].join("\n");
  const secrets = numbers.flatMap((number) => [number, number.replace(/(.{4})/g, "$1 ").trim(), `"${code}"`]);
  expect(secrets.flatMap((secret) => around(everything, secret))).toEqual([]);
});

/** Only where it stands: the whole would be megabytes. */
function around(text: string, secret: string): string[] {
  const at = text.indexOf(secret);
  return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 60)];
}

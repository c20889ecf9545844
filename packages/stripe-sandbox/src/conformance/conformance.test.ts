import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { eventNames } from "../event-names";
import { createRouter } from "../http/router";
import { resources } from "../resources";
import { appendix, includable } from "./appendix";
import { type Captured, drive, isFilled, literalsOf } from "./drive";
import { judge } from "./judge";
import { distinct, objectsIn } from "./literals";
import { scenarios } from "./scenarios";

/** Asked for by no method of the stripe package. */
const byStripeJs = new Set(["/v1/confirmation_tokens"]);
/** Never set here: revised invoices and payments without an intent are not modelled. */
const neverSet = new Set([
  "invoice latest_revision",
  "invoice from_invoice.invoice",
  "invoice_payment payment.charge",
]);
const captured: Captured[] = [];
const failed: Record<string, unknown> = {};
let complaints: string[] = [];

beforeAll(async () => {
  for (const [name, scenario] of Object.entries(scenarios))
    await drive(scenario).then(
      (one) => captured.push(one),
      (error: unknown) => {
        failed[name] = error;
      },
    );
  // To look at the literals: CONFORMANCE_DIR=/tmp/literals npx vitest run <this file>
  complaints = await judge(distinct(captured.flatMap(literalsOf)), process.env.CONFORMANCE_DIR);
}, 180_000);

it.each(Object.keys(scenarios))("drives %s to its end", (name) => {
  if (name in failed) throw failed[name];
});

it("answers and emits only what the compiler accepts as the types that stripe declares", () => {
  expect(complaints).toEqual([]);
});

describe("leaves out nothing:", () => {
  const answers = () => captured.flatMap((one) => one.answers);
  const events = () => captured.flatMap((one) => one.events);

  it("each endpoint has answered", () => {
    const routes = resources.flatMap((resource) => resource.routes ?? []);
    const router = createRouter(routes);
    const answered = new Set(
      answers()
        .filter(({ status }) => status === 200)
        .map(({ method, path }) => router.match(method, path)?.route),
    );
    const silent = routes.filter((route) => !answered.has(route) && !byStripeJs.has(route.path));
    expect(silent.map(({ method, path }) => `${method} ${path}`).join("\n")).toBe("");
  });

  it("each type of appendix A was seen", () => {
    const seen = new Set(
      [...answers().map(({ body }) => body), ...events()]
        .flatMap((one) => objectsIn(one))
        .map(({ object }) => object),
    );
    expect(Object.entries(appendix).filter(([, object]) => !seen.has(object))).toEqual([]);
  });

  it("each event that the sources name was emitted", () => {
    const sources = join(import.meta.dirname, "..", "resources");
    const named = readdirSync(sources, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .flatMap((file) => readFileSync(join(sources, file), "utf8").match(/[a-z_]+(?:\.[a-z_]+)+/g) ?? [])
      .filter((name) => eventNames.has(name));
    const emitted = new Set(events().map(({ type }) => type));
    const never = [...new Set(named)].filter((name) => !emitted.has(name));
    expect(never.join("\n")).toBe("");
  });

  it("each field that can be expanded was", () => {
    const missing = resources
      .flatMap(({ expansions = {} }) => Object.entries(expansions))
      .flatMap(([object, fields]) =>
        Object.entries(fields)
          .filter(([, to]) => "include" in to || to.tables.length > 0)
          .filter(([field]) => !neverSet.has(`${object} ${field}`))
          .map(([field, to]) => ({ object, path: field.split("."), included: "include" in to })),
      );
    for (const one of answers().flatMap(({ body }) => objectsIn(body)))
      for (const [at, { object, path, included }] of [...missing.entries()].reverse())
        if (one.object === object && isFilled(one, included ? path : [...path, "object"]))
          missing.splice(at, 1);
    expect(missing.map(({ object, path }) => `${object} ${path.join(".")}`).join("\n")).toBe("");
  });
});

it("leaves out of events what is only included on request", () => {
  const shown = captured
    .flatMap(({ events }) => events)
    .flatMap(({ type, data }) => {
      const fields = includable[String(data.object.object)] ?? [];
      return fields.filter((field) => field in data.object).map((field) => `${type} ${field}`);
    });
  expect(shown).toEqual([]);
});

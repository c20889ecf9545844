import { beforeAll, expect, it } from "vitest";
import { start } from "../testing/start";
import { makeCustomer, makePrice } from "../testing/world";
import { judge } from "./judge";
import { type Literal, literalOf } from "./literals";
import { type Answer, recordingClient } from "./record";

/** Spoils a true answer in one place; without a value the field is left out. */
interface Plant {
  name: string;
  asked: string;
  at: string;
  value?: unknown;
  complaint: RegExp;
}

const plants: Plant[] = [
  { name: "a missing field", asked: "customers.create", at: "created", complaint: /'created' is missing/ },
  {
    name: "an invented field",
    asked: "customers.create",
    at: "nick",
    value: null,
    complaint: /'"nick"' does not/,
  },
  {
    name: "a mistyped field",
    asked: "customers.create",
    at: "balance",
    value: "0",
    complaint: /string.*number/,
  },
  { name: "a null too many", asked: "customers.create", at: "metadata", value: null, complaint: /'null'/ },
  {
    name: "an unknown value",
    asked: "customers.create",
    at: "tax_exempt",
    value: "some",
    complaint: /"some"/,
  },
  {
    name: "an unknown object",
    asked: "customers.create",
    at: "object",
    value: "client",
    complaint: /"client"/,
  },
  {
    name: "a hole below",
    asked: "subscriptions.create",
    at: "items.data.0.price",
    complaint: /'price' is missing/,
  },
  {
    name: "an invention below",
    asked: "subscriptions.create",
    at: "items.data.0.own",
    value: 1,
    complaint: /"own"/,
  },
  {
    name: "an unknown status",
    asked: "subscriptions.create",
    at: "status",
    value: "paid",
    complaint: /"paid"/,
  },
  {
    name: "a decimal of no string",
    asked: "prices.create",
    at: "unit_amount_decimal",
    value: 9,
    complaint: /number/,
  },
  {
    name: "a decimal of words",
    asked: "prices.create",
    at: "unit_amount_decimal",
    value: "ten",
    complaint: /"ten"/,
  },
  {
    name: "a hole in what is expanded",
    asked: "charges.retrieve",
    at: "customer.email",
    complaint: /'?email'?/,
  },
  {
    name: "an invention in what is expanded",
    asked: "charges.retrieve",
    at: "customer.own",
    value: 1,
    complaint: /"own"/,
  },
  {
    name: "an unknown value in what is expanded",
    asked: "charges.retrieve",
    at: "payment_intent.status",
    value: "lost",
    complaint: /"lost"/,
  },
  { name: "a list without its url", asked: "customers.list", at: "url", complaint: /'url' is missing/ },
  { name: "an invention in a list", asked: "customers.list", at: "data.0.own", value: 1, complaint: /"own"/ },
  {
    name: "a stub that says too much",
    asked: "customers.del",
    at: "email",
    value: null,
    complaint: /"email"/,
  },
  {
    name: "an error of no type",
    asked: "customers.retrieve",
    at: "error.type",
    value: "oops",
    complaint: /"oops"/,
  },
  {
    name: "an invention in an error",
    asked: "customers.retrieve",
    at: "error.hint",
    value: "",
    complaint: /"hint"/,
  },
];

const answers: Answer[] = [];
let complaints: string[] = [];

function planted({ name, asked, at, ...rest }: Plant): Literal {
  const answer = answers.find((one) => one.asked === asked);
  if (!answer) throw new Error(`Nobody asked ${asked}`);
  const body = structuredClone(answer.body);
  const path = at.split(".");
  const last = path.pop() ?? "";
  const place = path.reduce((value: unknown, key) => Reflect.get(Object(value), key), body);
  if ("value" in rest) Object.assign(Object(place), { [last]: rest.value });
  else Reflect.deleteProperty(Object(place), last);
  return { ...literalOf({ ...answer, body }), from: name };
}

beforeAll(async () => {
  const { sandbox } = await start();
  const stripe = recordingClient(sandbox, answers);
  const { product, id } = await makePrice(stripe);
  await stripe.prices.create({ product: String(product), currency: "usd", unit_amount: 2 });
  const { id: payer } = await makeCustomer(stripe, "pm_card_visa");
  await stripe.subscriptions.create({ customer: payer, items: [{ price: id }] });
  const { data } = await stripe.charges.list();
  await stripe.charges.retrieve(data[0]?.id ?? "", { expand: ["customer", "payment_intent"] });
  await stripe.customers.list();
  await stripe.customers.retrieve("cus_none").catch(() => undefined);
  await stripe.customers.del(payer);
  await sandbox.close();
  complaints = await judge([...plants.map(planted), ...answers.map(literalOf)]);
}, 120_000);

it.each(plants)("is told of $name", ({ name, complaint }) => {
  const told = complaints.filter((text) => text.startsWith(`${name}, `));
  expect(told.join("\n")).toMatch(complaint);
});

it("complains about nothing else", () => {
  const others = complaints.filter((text) => !plants.some(({ name }) => text.startsWith(`${name}, `)));
  expect(others).toEqual([]);
});

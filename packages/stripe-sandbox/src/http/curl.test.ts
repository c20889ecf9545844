import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../testing/start";

interface Ask {
  path: string;
  /** Form pairs, as they follow `-d`. */
  data?: string[];
  /** As it follows `-u`, or a whole header. */
  auth: { user: string } | { header: string };
  /** `-G`: the pairs go into the address. */
  get?: boolean;
}
type Client = (url: string, ask: Ask) => Promise<{ status: number; body: Record<string, unknown> }>;

let world: Started;
const clients: [string, Client][] = [["fetch", byFetch]];

beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

if (await hasCurl()) clients.push(["curl", byCurl]);

function run(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("curl", args, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}

function hasCurl(): Promise<boolean> {
  return run(["--version"]).then(
    () => true,
    () => false,
  );
}

async function byCurl(url: string, { path, data = [], auth, get }: Ask) {
  const pairs = data.flatMap((pair) => ["-d", pair]);
  const who = "user" in auth ? ["-u", auth.user] : ["-H", auth.header];
  const text = await run([
    "-sS",
    "-g",
    "-w",
    "\n%{http_code}",
    ...who,
    ...(get ? ["-G"] : []),
    ...pairs,
    url + path,
  ]);
  const at = text.lastIndexOf("\n");
  return { status: Number(text.slice(at + 1)), body: JSON.parse(text.slice(0, at)) };
}

async function byFetch(url: string, { path, data = [], auth, get }: Ask) {
  const authorization =
    "user" in auth
      ? `Basic ${Buffer.from(auth.user).toString("base64")}`
      : auth.header.replace(/^authorization: /i, "");
  const text = data.join("&");
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const response =
    get || data.length === 0
      ? await fetch(`${url}${path}?${text}`, { headers: { authorization } })
      : await fetch(url + path, { method: "POST", headers: { authorization, ...form }, body: text });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe.each(clients)("%s", (_name, client) => {
  const ask = (given: Ask) => client(world.sandbox.url, given);
  const auths: Ask["auth"][] = [
    { user: "sk_test_x:" },
    { header: "Authorization: Bearer sk_test_x" },
    { header: "authorization: bearer sk_test_x" },
  ];

  it.each(auths)("is known by %j", async (auth) => {
    const made = await ask({ path: "/v1/customers", data: ["name=Ada", "email=ada@example.com"], auth });
    expect(made).toMatchObject({ status: 200, body: { object: "customer", name: "Ada" } });
    const found = await ask({ path: `/v1/customers/${String(made.body.id)}`, auth });
    expect(found.body).toEqual(made.body);
  });

  it("sends lists with and without numbers, and hashes in them", async () => {
    const auth = { user: "sk_test_x:" };
    for (const data of [
      ["preferred_locales[]=en", "preferred_locales[]=fr"],
      ["preferred_locales[0]=en", "preferred_locales[1]=fr"],
    ])
      expect((await ask({ path: "/v1/customers", data, auth })).body.preferred_locales).toEqual(["en", "fr"]);
    const product = await ask({ path: "/v1/products", data: ["name=Plan"], auth });
    const { body: price } = await ask({
      path: "/v1/prices",
      data: [
        `product=${String(product.body.id)}`,
        "currency=usd",
        "unit_amount=900",
        "recurring[interval]=month",
        "expand[]=product",
      ],
      auth,
    });
    expect(price).toMatchObject({ product: { name: "Plan" }, recurring: { interval: "month" } });
    const { body: customer } = await ask({
      path: "/v1/customers",
      data: ["payment_method=pm_card_visa"],
      auth,
    });
    const cards = await ask({
      path: "/v1/payment_methods",
      data: [`customer=${String(customer.id)}`],
      auth,
      get: true,
    });
    const [card] = cards.body.data as { id: string }[];
    const subscription = await ask({
      path: "/v1/subscriptions",
      data: [
        `customer=${String(customer.id)}`,
        `default_payment_method=${card?.id}`,
        `items[][price]=${String(price.id)}`,
        "items[][quantity]=3",
        "expand[]=latest_invoice",
      ],
      auth,
    });
    expect(subscription.body).toMatchObject({
      status: "active",
      items: { data: [{ quantity: 3 }] },
      latest_invoice: { total: 2700, status: "paid" },
    });
  });

  it("asks for lists in the address", async () => {
    const data = ["limit=1", "expand[]=data.default_source"];
    const answer = await ask({ path: "/v1/customers", data, auth: { user: "sk_test_x:" }, get: true });
    expect(answer).toMatchObject({ status: 200, body: { object: "list", url: "/v1/customers" } });
  });

  it("is refused without a key, with a wrong one, and with a live one", async () => {
    for (const user of [":", "nobody:", "sk_live_x:"])
      expect(await ask({ path: "/v1/customers", auth: { user } })).toMatchObject({
        status: 401,
        body: { error: { type: "invalid_request_error" } },
      });
  });
});

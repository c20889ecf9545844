import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../deliveries/plan";
import { type Started, start } from "../testing/start";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

interface Answer {
  status: number;
  body: string;
}

/** Bytes as they are, because no client would send most of these. */
function send(bytes: Buffer | string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(world.sandbox.port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const [head = "", ...rest] = text.split("\r\n\r\n");
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), body: rest.join("\r\n\r\n") });
    });
    socket.write(bytes);
  });
}

interface Given {
  method?: string;
  path?: string;
  type?: string;
  body?: Buffer | string;
  headers?: string[];
}

function request({ method = "POST", path = "/v1/customers", type = form, body = "", headers = [] }: Given) {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: close",
    "Authorization: Bearer sk_test_x",
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);
}

const form = "application/x-www-form-urlencoded";
const json = "application/json";
const destinations = "/v2/core/event_destinations";

function expectRefusal({ status, body }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  const { error } = JSON.parse(body);
  expect(error.message).toBeTruthy();
  expect(error.type).toBeTruthy();
}

describe("a request that makes no sense is refused in Stripe's words", () => {
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const cases: [string, Given][] = [
    ["JSON that is none", { path: destinations, type: json, body: "{" }],
    ["JSON that is a list", { path: destinations, type: json, body: "[]" }],
    ["JSON that is null", { path: destinations, type: json, body: "null" }],
    ["JSON nested 100,000 deep", { path: destinations, type: json, body: deep(100_000) }],
    ["JSON nested 50 deep", { path: destinations, type: json, body: `{"name":${deep(50)}}` }],
    ["a form to v2", { path: destinations, body: "name=x" }],
    ["JSON to v1", { type: json, body: "{}" }],
    ["10 MB", { body: `name=${"x".repeat(10 * 1024 * 1024)}` }],
    ["10 MB of JSON", { path: destinations, type: json, body: `"${"x".repeat(10 * 1024 * 1024)}"` }],
    ["a form nested too deeply", { body: `metadata${"[a]".repeat(40)}=x` }],
    ["bytes that are no UTF-8", { body: Buffer.from([0x6e, 0x3d, 0xff, 0xfe]) }],
    ["percent-encoding that is none", { body: "name=%E0%A4%A" }],
    ["a parameter name with a bracket too few", { body: "metadata[a=x" }],
    ["a value where a hash was", { body: "metadata[a]=x&metadata=y" }],
    ["too many parameters", { body: "a=1&".repeat(6000) }],
    ["a path out of the API", { method: "GET", path: "/v1/customers/../../etc/passwd" }],
    ["a path out of the API, encoded", { method: "GET", path: "/v1/customers/%2e%2e%2f%2e%2e%2fetc" }],
    ["an id that is a property", { method: "GET", path: "/v1/customers/__proto__" }],
    ["an id with a null byte", { method: "GET", path: "/v1/customers/%00" }],
    ["an id that cannot be decoded", { method: "GET", path: "/v1/customers/%E0%A4%A" }],
    ["a method that Stripe does not use", { method: "PATCH" }],
    ["PUT", { method: "PUT" }],
    ["an endpoint that does not exist", { path: "/v1/unicorns" }],
    ["a version of the API that does not exist", { path: "/v3/customers" }],
    ["an idempotency key that is too long", { headers: [`Idempotency-Key: ${"k".repeat(300)}`] }],
    ["another API version", { headers: ["Stripe-Version: 2020-08-27"] }],
    [
      "an uploaded file that is none",
      { path: "/v1/files", type: "multipart/form-data; boundary=x", body: "x" },
    ],
  ];
  it.each(cases)("%s", async (_name, given) => {
    expectRefusal(await send(request(given)));
  });

  it("a body of unknown length that goes on and on", async () => {
    const head = request({}).toString().replace("Content-Length: 0", "Transfer-Encoding: chunked");
    const chunk = `${(1024 * 1024).toString(16)}\r\n${"x".repeat(1024 * 1024)}\r\n`;
    expectRefusal(await send(`${head}${chunk.repeat(3)}0\r\n\r\n`));
  });

  it("what is not HTTP, without a crash", async () => {
    expect((await send("hello\r\n\r\n")).status).toBe(400);
    expect((await send("GET http://[bad HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).status).toBe(400);
    expect((await send(request({ method: "BREW" }))).status).toBe(400);
    await world.stripe.customers.list();
  });
});

describe("what curl sends is understood", () => {
  const call = async (given: Given, auth = "Bearer sk_test_x") => {
    const bytes = request(given).toString().replace("Bearer sk_test_x", auth);
    const { status, body } = await send(bytes);
    return { status, body: JSON.parse(body) };
  };

  it("a key as the user name of Basic authentication", async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    expect((await call({ method: "GET" }, basic("sk_test_x:"))).status).toBe(200);
    expect((await call({ method: "GET" }, basic("sk_test_x"))).status).toBe(200);
    expect((await call({ method: "GET" }, basic(":sk_test_x"))).status).toBe(401);
    expect((await call({ method: "GET" }, "Basic ???")).status).toBe(401);
    expect((await call({ method: "GET" }, "sk_test_x")).status).toBe(401);
  });

  it("lists with and without numbers", async () => {
    const made = await call({ body: "preferred_locales[]=en&preferred_locales[]=fr" });
    expect(made.body.preferred_locales).toEqual(["en", "fr"]);
    const numbered = await call({ body: "preferred_locales%5B1%5D=fr&preferred_locales%5B0%5D=en" });
    expect(numbered.body.preferred_locales).toEqual(["en", "fr"]);
  });

  it("hashes in lists without numbers, one after the other", async () => {
    const product = await world.stripe.products.create({ name: "P" });
    const tiers = "tiers[][up_to]=5&tiers[][unit_amount]=100&tiers[][up_to]=inf&tiers[][unit_amount]=80";
    const price = await call({
      path: "/v1/prices",
      body: `product=${product.id}&currency=usd&billing_scheme=tiered&tiers_mode=graduated&recurring[interval]=month&${tiers}&expand[]=tiers`,
    });
    expect(price.body.tiers).toMatchObject([
      { up_to: 5, unit_amount: 100 },
      { up_to: null, unit_amount: 80 },
    ]);
  });
});

it("is never killed or confused by noise", async () => {
  const seed = Number(process.env.NOISE_SEED ?? Date.now() % 2 ** 31);
  console.info(`NOISE_SEED=${seed}`);
  const random = seededRandom(seed);
  const pick = <T>(values: T[]): T => values[Math.floor(random() * values.length)] as T;
  const noise = (length: number) =>
    Buffer.from(Array.from({ length: Math.floor(random() * length) }, () => Math.floor(random() * 256)));
  const paths = [
    "/v1/customers",
    "/v1/subscriptions",
    "/v1/files",
    destinations,
    "/v2/core/events",
    "/v1",
    "/",
  ];
  const bodies = [
    () => noise(200),
    () =>
      `${pick(["name", "metadata[a]", "items[][price]", "expand[]", "[]", "a[b"])}=${noise(20).toString("latin1")}`,
    () => `{"name":${pick(['"x"', "1e999", "[[]]", "{}", "null", "\\u0000"])}}`,
    () => `items[0][price]=${"%".repeat(Math.floor(random() * 9))}&items[]=${pick(["", "x", "%00"])}`,
    () => "",
  ];
  const statuses = new Map<number, number>();
  for (let round = 0; round < 250; round++) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => {
        const tail = pick([
          "",
          "/",
          "//",
          "/%2e%2e",
          "/cus_1/../..",
          `/${encodeURIComponent(noise(6).toString())}`,
        ]);
        return send(
          request({
            method: pick(["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "PATCH"]),
            path: `${pick(paths)}${tail}${pick(["", "?limit=x", "?expand[]=a.b.c.d.e.f", "?%", "?a[b", "?key=sk_live_x"])}`,
            type: pick([
              form,
              json,
              "multipart/form-data; boundary=x",
              "",
              "text/plain",
              "application/json; x",
            ]),
            body: pick(bodies)(),
            headers: pick([
              [],
              ["Idempotency-Key: \xff"],
              ["Stripe-Account: acct_1"],
              ["Authorization: Basic %%"],
            ]),
          }),
        );
      }),
    );
    for (const { status, body } of answers) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 400 && body !== "") expect(JSON.parse(body).error.message).toBeTruthy();
    }
  }
  const wrong = [...statuses].filter(([status]) => status < 200 || status >= 500);
  expect(wrong).toEqual([]);
  expect((await world.stripe.customers.list()).object).toBe("list");
}, 120_000);

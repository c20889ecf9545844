import type { CallRecord } from "../index";

/** One request of any shape; what it asks is seldom allowed and sometimes not even HTTP's business. */
export interface FuzzRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

export interface Material {
  /** Requests that were accepted, to be bent. */
  calls: Pick<CallRecord, "method" | "path" | "params">[];
  ids: string[];
}

type Random = () => number;
type Pair = [name: string, value: string];

const origin = "http://127.0.0.1";
const form = "application/x-www-form-urlencoded";
const words = `true false 0 1 -1 999999999999999 1e999 1.5 NaN usd jpy xxx month now none always_invoice
  default_incomplete send_invoice active all card 4242424242424242 pm_card_visa pm_card_chargeDeclined inf volume
  pm_card_threeDSecure2Required https://example.com * data.customer latest_invoice.payments a.b.c.d.e.f customer
  max_period_end sum winning_evidence __proto__ constructor toString %00 ../../etc/passwd null undefined {} []`.split(
  /\s+/,
);
const hostile = ["", " ", "\u0000", "é€", "name~'Pla' AND created>1", "metadata['k']:null OR -name:'x'"];
const longWord = "x".repeat(6000);
const names = `items[0][price] items[0][id] items[0][quantity] items[] expand[0] expand[] limit starting_after
  ending_before created[gte] metadata[k] metadata metadata[a][b] amount currency query page trial_end billing_cycle_anchor
  confirm payment_method payment_method_data[type] payment_method_data[card][number] __proto__ constructor[prototype]
  a[ a] [] [a] a[b a[[b]] cancel_at proration_date discounts[0][coupon] recurring[interval] tiers[0][up_to]`.split(
  /\s+/,
);
const paths = [
  "/v1",
  "/v2",
  "/v1/",
  "/v3/customers",
  "/v1/unicorns",
  "/v2/core/events",
  "/v1/files",
  "/v1/customers",
];
const tails = [
  "",

  "//",
  "/%2e%2e",
  "/cus_1%2f..%2f..",
  "/..%2f..%2fetc%2fpasswd",
  "/%00",
  "/%E0%A4%A",
  "/__proto__",
];
const queries = [
  "",
  "",
  "?limit=x",
  "?expand[]=a.b.c.d.e.f",
  "?%",
  "?a[b",
  "?key=sk_live_x",
  "?created[gte]=x",
];
const methods = ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "BREW", "post", "PROPFIND"];
const types = [
  form,
  "application/json",
  "multipart/form-data; boundary=x",
  "",
  "text/plain",
  "application/json; x",
];
const keys = [
  "Bearer sk_test_fuzz",
  "Bearer sk_test_fuzz",
  "Bearer pk_test_fuzz",
  "Bearer",
  "Basic %%",
  "Bearer sk_live_x",
];

/** The same numbers give the same requests, as long as the material is the same. */
export function createFuzz(random: Random, { calls, ids }: Material): () => FuzzRequest {
  const known = new Set(ids);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const chance = (part: number) => random() < part;
  const noise = (most: number) =>
    Uint8Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256));
  const value = () =>
    chance(0.4) ? pick(ids) : chance(0.9) ? pick(words) : chance(0.8) ? pick(hostile) : longWord;

  function bent(): FuzzRequest {
    const call = pick(calls);
    const pairs = pairsOf(call.params);
    for (let times = Math.floor(random() * 3) + 1; times > 0; times--) bend(pairs);
    const path = call.path
      .split("/")
      .map((part) => (known.has(part) && chance(0.3) ? encodeURIComponent(value()) : part))
      .join("/");
    const text = pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    const json = path.startsWith("/v2/");
    const headers = { ...usual(), "content-type": json ? "application/json" : form };
    if (call.method !== "POST") return { method: call.method, url: `${origin}${path}?${text}`, headers };
    return { method: "POST", url: origin + path, headers, body: json ? bentJson(pairs, call.params) : text };
  }

  function bentJson(pairs: Pair[], params: object): string {
    return JSON.stringify(chance(0.5) ? { ...params, ...Object.fromEntries(pairs) } : params);
  }

  function bend(pairs: Pair[]): void {
    const at = Math.floor(random() * pairs.length);
    const [name] = pairs[at] ?? [pick(names)];
    const changes = [
      () => pairs.splice(at, 1, [name, value()]),
      () => pairs.splice(at, 1, [name, value()]),
      () => pairs.splice(at, 1),
      () => pairs.push([pick(names), value()]),
      () => pairs.push([`${name}${pick(["[]", "[x]", "[0]", "]"])}`, value()]),
    ];
    pick(changes)();
  }

  function usual(): Record<string, string> {
    return {
      authorization: "Bearer sk_test_fuzz",
      ...(chance(0.1) && { "idempotency-key": `key-${Math.floor(random() * 200)}` }),
    };
  }

  function broken(): FuzzRequest {
    const bodies = [
      () => noise(200),
      () => `${pick(names)}=${Buffer.from(noise(20)).toString("latin1")}`,
      () => `{"name":${pick(['"x"', "1e999", "[[]]", "{}", "null", '"\\u0000"', "tru"])}}`,
      () => `${"[".repeat(Math.floor(random() * 2000))}`,
      () => `{"a":`.repeat(Math.floor(random() * 100)),
      () => `metadata${"[a]".repeat(Math.floor(random() * 40))}=x`,
      () => `items[0][price]=${"%".repeat(Math.floor(random() * 9))}&items[]=${pick(words)}`,
      () =>
        `--x\r\nContent-Disposition: form-data; name="${pick(names)}"\r\n\r\n${pick(words)}\r\n--x${pick(["--", ""])}`,
      () => "a=1&".repeat(Math.floor(random() * 300)),
      () => "",
    ];
    const method = pick(methods);
    const { path } = pick(calls);
    const url = `${origin}${chance(0.5) ? path : pick(paths)}${pick(tails)}${pick(queries)}`;
    const headers: Record<string, string> = { authorization: pick(keys), "content-type": pick(types) };
    if (chance(0.1)) headers["stripe-version"] = pick(["2020-08-27", "2026-10-28.endive", "\u00ff"]);
    if (chance(0.1)) headers["stripe-account"] = pick(["acct_1", "", "\u00ff"]);
    if (chance(0.2)) headers["idempotency-key"] = pick(["\u00ff", "k".repeat(300), "", "key-1"]);
    if (method === "GET" || method === "HEAD") return { method, url, headers };
    return { method, url, headers, body: pick(bodies)() };
  }

  return () => (chance(0.4) ? bent() : broken());
}

function pairsOf(params: unknown, name = ""): Pair[] {
  if (typeof params !== "object" || params === null) return [[name, String(params)]];
  return Object.entries(params).flatMap(([key, value]) =>
    pairsOf(value, name === "" ? key : `${name}[${key}]`),
  );
}

import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { sign } from "../testing/signed-event";
import { selfTestSignatures } from "./self-test";
import { isSigned, toleranceSeconds } from "./verify";

const now = 1_795_288_969_000;
const seconds = now / 1000;
const secret = "whsec_of_this_test";
const body = JSON.stringify({ id: "evt_1", object: "event", name: "Zoë 🎉" });

const bySdk = (payload: string, header: string, secrets: readonly string[]): boolean =>
  secrets.some((key) => {
    try {
      return Stripe.webhooks.signature?.verifyHeader(payload, header, key, 300, undefined, now);
    } catch {
      return false;
    }
  });
const ours = (payload: string, header: string, secrets: readonly string[]) =>
  isSigned(Buffer.from(payload), header, secrets, now);

const signature = (payload: string, at: number, key: string) =>
  sign(payload, { secret: key, timestamp: at }).split("v1=")[1] ?? "";

/** Headers of every kind: right, nearly right and nonsense, in any order. */
const headers = fc
  .array(
    fc.oneof(
      fc.integer({ min: seconds - 400, max: seconds + 299 }).map((at) => `t=${at}`),
      fc.constantFrom(
        `t=${seconds}`,
        `t=${seconds - 300}`,
        `t=${seconds - 301}`,
        "t=",
        "t=soon",
        `t=0${seconds}`,
      ),
      fc.constantFrom(seconds, seconds - 300, seconds - 301).map((at) => `v1=${signature(body, at, secret)}`),
      fc.constantFrom(
        `v1=${signature(body, seconds, "whsec_another")}`,
        `v1=${signature(`${body} `, seconds, secret)}`,
        `v1=${signature(body, seconds, secret).toUpperCase()}`,
        `v1=${signature(body, seconds, secret).slice(1)}`,
        `v0=${signature(body, seconds, secret)}`,
        `v1=${signature(body, seconds, "whsec_old")}`,
        `v1=${signature(body, seconds, secret)}=more`,
        ` v1=${signature(body, seconds, secret)}`,
      ),
      fc.constantFrom("v1=", "v1", "", "hello", "v2=x", "=", "t"),
    ),
    { maxLength: 6 },
  )
  .map((items) => items.join(","));

describe("our check of signatures", () => {
  it("B01 B03: says what Stripe's library says, of any header", () => {
    let accepted = 0;
    fc.assert(
      fc.property(headers, fc.subarray([secret, "whsec_old", "whsec_unused"]), (header, secrets) => {
        const signed = ours(body, header, secrets) === "signed";
        if (signed) accepted++;
        expect(signed).toBe(bySdk(body, header, secrets));
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it("says what Stripe's library says, of any text and secret", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.string({ minLength: 1 }),
        (payload, key) => {
          fc.pre(key.trim() !== "");
          const header = sign(payload, { secret: key, timestamp: seconds });
          expect(ours(payload, header, [key])).toBe("signed");
          expect(bySdk(payload, header, [key])).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    [0, "signed"],
    [-toleranceSeconds, "signed"],
    [-toleranceSeconds - 1, "bad_timestamp"],
    [-86_400, "bad_timestamp"],
    [toleranceSeconds, "signed"],
    [toleranceSeconds + 1, "bad_timestamp"],
    [3_600, "bad_timestamp"],
  ])("B03 B04 B05: a signature of %i seconds from now is %s", (shift, verdict) => {
    expect(ours(body, sign(body, { secret, timestamp: seconds + shift }), [secret])).toBe(verdict);
  });

  it("B04: has five minutes, whatever anybody configures", () => {
    expect(toleranceSeconds).toBe(300);
  });

  it.each([
    ["a byte flipped", Buffer.from(body.replace("evt_1", "evt_2"))],
    [
      "a mark of the byte order before it",
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]),
    ],
    ["other line ends", Buffer.from(`${body}\r\n`)],
    ["written anew", Buffer.from(JSON.stringify(JSON.parse(body), null, 1))],
  ])("B06: refuses the same event with %s", (_case, bytes) => {
    expect(isSigned(bytes, sign(body, { secret, timestamp: seconds }), [secret], now)).toBe("bad_signature");
  });

  it("B06: is about bytes: what only decodes to the text that was signed is refused", () => {
    const header = sign("caf\uFFFD", { secret, timestamp: seconds });
    const bytes = Buffer.from([0x63, 0x61, 0x66, 0xff]);
    expect(bySdk(bytes.toString(), header, [secret])).toBe(true);
    expect(isSigned(bytes, header, [secret], now)).toBe("bad_signature");
  });

  it.each(["", " ", "\n"])("B02: accepts nothing with the secret %j", (empty) => {
    expect(ours(body, sign(body, { secret: empty, timestamp: seconds }), [empty])).toBe("bad_signature");
  });
});

it("B02 B04: the test at boot passes with the check as it is", () => {
  expect(() => selfTestSignatures()).not.toThrow();
  expect(() => selfTestSignatures(now)).not.toThrow();
});

import { createHash, randomBytes } from "node:crypto";

const alphabet = Buffer.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
/** Drawn in blocks: asking for randomness costs far more than the bytes. */
let block: Buffer = Buffer.alloc(0);
let used = 0;

export function randomText(length: number): string {
  if (used + length > block.length) {
    block = drawText(8192 + length * 2);
    used = 0;
  }
  used += length;
  return block.toString("latin1", used - length, used);
}

/** A few bytes shorter than asked: those that would make the first letters likelier are left out. */
function drawText(size: number): Buffer {
  const bytes = randomBytes(size);
  let length = 0;
  for (const byte of bytes) if (byte < 248) bytes[length++] = alphabet[byte % 62] ?? 0;
  return bytes.subarray(0, length);
}

const shortIds = new Set(["cus", "prod", "si"]);

export function newId(prefix: string): string {
  return `${prefix}_${shortIds.has(prefix) ? randomText(14) : `1${randomText(23)}`}`;
}

/** A payment intent, its charges and their refunds share the stem after `3`. */
export function newPaymentId(prefix: string, relative?: string): string {
  const stem = relative
    ? relative.slice(relative.indexOf("_") + 2, relative.indexOf("_") + 18)
    : randomText(16);
  return `${prefix}_3${stem}${randomText(8)}`;
}

export function newClientSecret(id: string): string {
  return `${id}_secret_${randomText(25)}`;
}

export function fingerprintOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").replace(/[-_]/g, "0").slice(0, 16);
}

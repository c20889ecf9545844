import { createHash, randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
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

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Audience } from "./limits";
import type { SignInOptions } from "./resolve-actor";

export const cookiePrefix = (audience: Audience) => `farebox-${audience}`;

/** Two secrets from one, so that neither audience's cookies mean anything to the other. */
export const cookieSecret = (audience: Audience, secret: string) =>
  createHmac("sha256", secret).update(audience).digest("base64url");

export const isSecure = ({ origin }: Pick<SignInOptions, "origin">) => new URL(origin).protocol === "https:";

/**
 * Reads better-auth's session cookie, `<token>.<base64 HMAC-SHA256>`, without its several queries: every request
 * passes here.
 */
export function sessionTokenReader(audience: Audience, options: Pick<SignInOptions, "origin" | "secret">) {
  const name = `${isSecure(options) ? "__Secure-" : ""}${cookiePrefix(audience)}.session_token`;
  const secret = cookieSecret(audience, options.secret);
  return (headers: Headers): string | null => {
    const value = cookieNamed(name, headers.get("cookie") ?? "");
    const dot = value?.lastIndexOf(".") ?? -1;
    if (!value || dot < 1) return null;
    const token = value.slice(0, dot);
    const expected = createHmac("sha256", secret).update(token).digest();
    const given = Buffer.from(value.slice(dot + 1), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
  };
}

function cookieNamed(name: string, header: string): string | null {
  const start = `${name}=`;
  const found = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  try {
    return found ? decodeURIComponent(found.slice(start.length)) : null;
  } catch {
    return null;
  }
}

import { z } from "zod";

export interface EndpointEnv {
  id: string;
  secrets: string[];
  accounts: "own" | "connected" | string[];
  /** Only where it is not the one this release is made for. */
  apiVersion?: string;
}

type Source = Record<string, string | undefined>;

/** Blank or padded secrets are refused, not repaired: a check that is silently off lets anybody in. */
export const secrets = z
  .string()
  .default("")
  .transform((list) => (list === "" ? [] : list.split(",")))
  .refine((list) => list.every((secret) => secret.trim() !== ""), "has a blank secret in its list")
  .refine((list) => list.every((secret) => secret === secret.trim()), "has white space around a secret")
  .refine(
    (list) => list.every((secret) => !secret.trim() || /^whsec_\w{8,}$/.test(secret.trim())),
    "must be secrets like whsec_…, comma separated while one is being replaced",
  );

const listed = /^([a-z][a-z0-9-]{0,30})=(own|connected|acct_\w+(?:\+acct_\w+)*)(?:@([\w.-]+))?$/;

/** Endpoints beside `main`: `id=accounts[@version]`, comma separated, each with its own STRIPE_WEBHOOK_SECRET_<ID>. */
export function readEndpoints(source: Source): { endpoints: EndpointEnv[]; problems: string[] } {
  const endpoints: EndpointEnv[] = [];
  const problems: string[] = [];
  const entries = (source.STRIPE_WEBHOOK_ENDPOINTS ?? "").split(",").filter((entry) => entry.trim());
  for (const entry of entries) {
    const [, id = "", accounts = "", apiVersion] = listed.exec(entry.trim()) ?? [];
    if (!id) {
      problems.push(
        "STRIPE_WEBHOOK_ENDPOINTS must be like connect=connected,partner=acct_1+acct_2@2026-10-28.endive",
      );
    } else if (id === "main" || endpoints.some((other) => other.id === id)) {
      problems.push(`STRIPE_WEBHOOK_ENDPOINTS names ${id} twice`);
    } else {
      const name = secretName(id);
      const read = secrets.safeParse(source[name]);
      if (!read.success) problems.push(`${name} ${read.error.issues[0]?.message}`);
      else if (read.data.length === 0)
        problems.push(`${name} is missing: without it anybody could send events`);
      else {
        const scope = accounts === "own" || accounts === "connected" ? accounts : accounts.split("+");
        endpoints.push({ id, accounts: scope, secrets: read.data, ...(apiVersion ? { apiVersion } : {}) });
      }
    }
  }
  return { endpoints, problems };
}

const secretName = (id: string) => `STRIPE_WEBHOOK_SECRET_${id.toUpperCase().replaceAll("-", "_")}`;

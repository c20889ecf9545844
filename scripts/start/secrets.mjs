import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inState, stateDir } from "./paths.mjs";

/** Made once and kept, so that sessions and sandbox signatures survive a restart. */
export function loadSecrets(file = inState("secrets.json")) {
  if (existsSync(file)) return readSecrets(file);
  mkdirSync(stateDir, { recursive: true });
  const secrets = {
    authSecret: randomBytes(32).toString("base64url"),
    webhookSecret: `whsec_${randomBytes(24).toString("hex")}`,
  };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function readSecrets(file) {
  try {
    const { authSecret, webhookSecret } = JSON.parse(readFileSync(file, "utf8"));
    if (authSecret && webhookSecret) return { authSecret, webhookSecret };
  } catch {
    // falls through to the sentence below
  }
  throw new Failure(`${file} is damaged: delete it to have new secrets made (everybody signs in again).`);
}

import { createHmac } from "node:crypto";

/** One `v1` for each secret that is valid now, as while a secret is being rolled. */
export function signatureHeader(payload: string, secrets: string[], timestamp: number): string {
  const signatures = secrets.map((secret) => {
    const digest = createHmac("sha256", secret).update(`${timestamp}.${payload}`, "utf8").digest("hex");
    return `,v1=${digest}`;
  });
  return `t=${timestamp}${signatures.join("")}`;
}

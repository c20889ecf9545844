/** One URL at Stripe. Several secrets only while they are being rolled. */
export interface WebhookEndpoint {
  id: string;
  secrets: readonly string[];
  /** Whose events may come here: our own, those of any connected account, or those of the ones named. */
  accounts: "own" | "connected" | readonly string[];
  /** The id of our own account, where it is known: Stripe may name it. */
  accountId?: string;
  livemode: boolean;
  apiVersion: string;
}

/** A check that is silently off lets anybody in: nothing starts with a secret that is missing, blank or padded. */
export function requireEndpoints(endpoints: readonly WebhookEndpoint[]): Map<string, WebhookEndpoint> {
  for (const { id, secrets } of endpoints) {
    if (secrets.length === 0) throw new Error(`webhook endpoint ${id} has no secret`);
    for (const secret of secrets) {
      if (!secret.trim() || secret !== secret.trim()) {
        throw new Error(`a secret of webhook endpoint ${id} is blank or has white space around it`);
      }
    }
  }
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  if (byId.size < endpoints.length) throw new Error("two webhook endpoints have the same id");
  return byId;
}

export interface Fault {
  path: string;
  method?: string;
  times?: number;
  forMs?: number;
  chance?: number;
  seed?: number;
  status?: number;
  code?: string;
  retryAfter?: number;
  latencyMs?: number;
  /** Does the work, then keeps the answer back for so long. */
  holdMs?: number;
  staleMs?: number;
  reset?: boolean;
  /** Does the work, then closes the connection. */
  dropAfterCommit?: boolean;
}

/** Has the sandbox misbehave: reads, and once, unless told otherwise. */
export async function fault(sandbox: { url: string }, fields: Fault): Promise<void> {
  const once = fields.times === undefined && fields.forMs === undefined ? { times: 1 } : {};
  const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ method: "GET", ...once, ...fields }),
  });
  if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
}

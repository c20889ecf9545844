import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Billing } from "../context";
import { createReceiver } from "../webhooks/receive";

export const webhookSecret = "whsec_farebox_test";

/** The webhook endpoint on a free port, verifying real signatures. */
export async function startReceiver({ pool, log }: Billing) {
  const receive = createReceiver({
    pool,
    log,
    endpoints: [
      {
        id: "main",
        secrets: [webhookSecret],
        accounts: "own",
        accountId: "acct_sandbox",
        livemode: false,
        apiVersion: "2026-10-28.endive",
      },
    ],
  });
  const server = createServer(async (request, response) => {
    const signature = request.headers["stripe-signature"];
    const { status, reason } = await receive("main", await buffer(request), String(signature ?? ""));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ reason }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/stripe/main`,
    secret: webhookSecret,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

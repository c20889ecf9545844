import type Stripe from "stripe";
import { resourceOf } from "./resource-of";

/** One request as it went over the wire: a repeated try is one more. */
export interface StripeAnswer {
  method: string;
  /** customers, billing/credit_grants, … */
  resource: string;
  /** "none" when there was no answer. */
  status: number | "none";
}

/** Tells of every answer, also of those that the SDK tries again. */
export function observed(client: Stripe.HttpClient, tell: (answer: StripeAnswer) => void): Stripe.HttpClient {
  const send = client.makeRequest.bind(client);
  return Object.assign(client, {
    async makeRequest(...request: Parameters<Stripe.HttpClient["makeRequest"]>) {
      const [, , path, method] = request;
      const told = { method, resource: resourceOf(path) };
      try {
        const response = await send(...request);
        tell({ ...told, status: response.getStatusCode() });
        return response;
      } catch (error) {
        tell({ ...told, status: "none" });
        throw error;
      }
    },
  });
}

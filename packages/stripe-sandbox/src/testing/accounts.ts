import Stripe from "stripe";
import type { Sandbox } from "../index";

/** A connected account that may charge cards and receive transfers, and a client that works inside of it. */
export async function makeSeller(
  { stripe, sandbox }: { stripe: Stripe; sandbox: Sandbox },
  payer: "account" | "application" = "application",
): Promise<{ id: string; inside: Stripe }> {
  const { id } = await stripe.accounts.create({
    country: "US",
    email: "seller@example.com",
    controller: {
      fees: { payer },
      stripe_dashboard: { type: "express" },
      losses: { payments: "application" },
    },
    capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
  });
  await onboard(stripe, id);
  const inside = new Stripe(sandbox.secretKey, {
    host: "127.0.0.1",
    port: sandbox.port,
    protocol: "http",
    stripeAccount: id,
  });
  return { id, inside };
}

/** What a person does on the page behind an account link. */
export async function onboard(stripe: Stripe, account: string): Promise<Response> {
  const link = await stripe.accountLinks.create({
    account,
    type: "account_onboarding",
    refresh_url: "http://127.0.0.1:9/refresh",
    return_url: "http://127.0.0.1:9/return",
  });
  await fetch(link.url);
  return fetch(link.url, { method: "POST", redirect: "manual" });
}

/** Everything an account owns, arrived or not, and the same added up from its books. */
export async function booksOf(stripe: Stripe): Promise<{ balance: number; entries: number }> {
  const { available, pending } = await stripe.balance.retrieve();
  const rows = await stripe.balanceTransactions.list({ limit: 100 });
  const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
  return {
    balance: sum(available) + sum(pending),
    entries: rows.data.reduce((total, { net }) => total + net, 0),
  };
}

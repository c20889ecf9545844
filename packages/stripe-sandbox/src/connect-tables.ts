import type Stripe from "stripe";
import type { Wire } from "./wire";

export type Account = Wire<Stripe.Account>;
export type Capability = Wire<Stripe.Capability>;
/** Reversals live in their own table; the presenter puts them back. */
export type Transfer = Omit<Wire<Stripe.Transfer>, "reversals">;
export type TransferReversal = Wire<Stripe.TransferReversal>;
export type ApplicationFee = Omit<Wire<Stripe.ApplicationFee>, "refunds">;
export type FeeRefund = Wire<Stripe.FeeRefund>;

export type BillingAlert = Wire<Stripe.Billing.Alert>;
/** That an alert came for a customer. */
export interface AlertTrigger {
  id: string;
  alert: string;
  created: number;
  customer: string;
  value: number;
}

/** A visit to the hosted onboarding page; its address opens once. */
export interface AccountLinkRow {
  id: string;
  account: string;
  type: "account_onboarding" | "account_update";
  expires: number;
  opened: boolean;
  refreshUrl: string | null;
  returnUrl: string | null;
}

export interface ConnectTables {
  accounts: Account;
  capabilities: Capability;
  account_links: AccountLinkRow;
  transfers: Transfer;
  transfer_reversals: TransferReversal;
  application_fees: ApplicationFee;
  fee_refunds: FeeRefund;
  billing_alerts: BillingAlert;
  alert_triggers: AlertTrigger;
  /** How the payment of an invoice is shared with a connected account. */
  invoice_terms: { id: string; fee?: number; destination?: string; amount?: number };
}

export const connectIndexes: { [Name in keyof ConnectTables]: string[] } = {
  accounts: [],
  capabilities: ["account"],
  account_links: [],
  transfers: ["source_transaction", "destination_payment"],
  transfer_reversals: ["transfer"],
  application_fees: ["charge"],
  fee_refunds: ["fee"],
  billing_alerts: ["usage_threshold.meter"],
  alert_triggers: [],
  invoice_terms: [],
};

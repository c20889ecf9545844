import type { FrameKind, FrameSettings } from "../frame-channel";
import type { Address, BillingDetails } from "../stripe-types";
import { hasBillingAddress } from "./address-params";
import { resolveLocale } from "./context";
import type { ElementsGroup } from "./elements";
import { isReusable } from "./elements-options";

type FieldChoice = "auto" | "never" | "if_required" | undefined;

export interface ElementOptions {
  fields?: {
    billingDetails?:
      | FieldChoice
      | { address?: FieldChoice | { country?: FieldChoice; postalCode?: FieldChoice } };
  };
  defaultValues?: { billingDetails?: BillingDetails; name?: string | null; address?: Address };
  business?: { name: string };
  terms?: { card?: "auto" | "always" | "never" };
  readOnly?: boolean;
  hidePostalCode?: boolean;
  disabled?: boolean;
  value?: { postalCode?: string };
  mode?: "billing" | "shipping";
  allowedCountries?: string[] | null;
}

/** All a frame needs to draw itself, from the group and from the element. */
export function frameSettings(group: ElementsGroup, kind: FrameKind, element: ElementOptions): FrameSettings {
  const { context, options } = group;
  const reusable = kind === "payment" && isReusable(options, group.intent);
  return {
    kind,
    publishableKey: context.publishableKey,
    stripeAccount: context.stripeAccount,
    locale: options.locale ? resolveLocale(options.locale) : context.locale,
    appearance: options.appearance ?? {},
    fonts: options.fonts ?? [],
    billing: presetBilling(kind, element),
    readOnly: element.readOnly === true || element.disabled === true,
    storedFor: kind === "payment" ? storedFor(element, reusable, group.merchant) : "",
    allowedCountries: element.allowedCountries ?? [],
    addressMode: element.mode ?? "billing",
    ...askedFields(kind, element, hasBillingAddress(group)),
  };
}

function askedFields(kind: FrameKind, options: ElementOptions, hasAddress: boolean) {
  if (kind === "card") return { asksCountry: false, asksPostalCode: options.hidePostalCode !== true };
  const billing = options.fields?.billingDetails;
  const address = typeof billing === "object" ? billing.address : billing;
  const of = (name: "country" | "postalCode") => (typeof address === "object" ? address[name] : address);
  const asksCountry = !hasAddress && of("country") !== "never";
  return { asksCountry, asksPostalCode: asksCountry && of("postalCode") !== "never" };
}

function presetBilling(kind: FrameKind, options: ElementOptions): BillingDetails {
  const { billingDetails, name, address } = options.defaultValues ?? {};
  if (kind === "address") return { name: name ?? null, address: address ?? null };
  const postalCode = options.value?.postalCode;
  return billingDetails ?? (postalCode ? { address: { postal_code: postalCode } } : {});
}

/** Stripe says what will happen with the card whenever it can be charged again. */
function storedFor(options: ElementOptions, reusable: boolean, merchant: string): string {
  const terms = options.terms?.card ?? "auto";
  const shown = terms === "always" || (terms === "auto" && reusable);
  return shown ? (options.business?.name ?? merchant) : "";
}

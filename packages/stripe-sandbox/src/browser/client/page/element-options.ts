import {
  type ElementStyle,
  type FrameKind,
  type FrameSettings,
  isCardPart,
  type SavedCards,
} from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { Address, BillingDetails } from "../stripe-types";
import { hasBillingAddress } from "./address-params";
import { type ElementsGroup, lookOf } from "./elements-group";
import { isReusable } from "./elements-options";

type FieldChoice = "auto" | "never" | "always" | "if_required" | undefined;

export interface ElementOptions {
  fields?: {
    billingDetails?:
      | FieldChoice
      | { address?: FieldChoice | { country?: FieldChoice; postalCode?: FieldChoice } };
    phone?: FieldChoice;
    name?: FieldChoice;
  };
  defaultValues?: { billingDetails?: BillingDetails } & AddressValues;
  business?: { name: string };
  terms?: { card?: "auto" | "always" | "never" };
  readOnly?: boolean;
  hidePostalCode?: boolean;
  disabled?: boolean;
  value?: { postalCode?: string };
  mode?: "billing" | "shipping";
  allowedCountries?: string[] | null;
  display?: { name?: "full" | "split" | "organization" };
  validation?: { phone?: { required?: FieldChoice } };
  style?: ElementStyle;
  classes?: Partial<Record<ElementState, string>>;
  placeholder?: string;
  showIcon?: boolean;
  hideIcon?: boolean;
  contacts?: unknown[];
}

/** What the container of a card element is marked with. */
export type ElementState = "base" | "complete" | "empty" | "focus" | "invalid";

interface AddressValues {
  name?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  address?: Address;
  phone?: string | null;
}

export function checkElementOptions(kind: FrameKind, options: ElementOptions): void {
  if (kind !== "address") return;
  if (options.mode !== "billing" && options.mode !== "shipping") {
    throw new IntegrationError(
      `The address Element needs the option mode: billing or shipping. You specified: ${String(options.mode)}.`,
    );
  }
  if (options.contacts?.length) {
    throw new IntegrationError("The sandbox does not model the option contacts of the address Element.");
  }
}

/** All a frame needs to draw itself, from the group and from the element. */
export function frameSettings(group: ElementsGroup, kind: FrameKind, element: ElementOptions): FrameSettings {
  const { context, options } = group;
  const reusable = kind === "payment" && isReusable(options, group.intent);
  return {
    kind,
    publishableKey: context.publishableKey,
    stripeAccount: context.stripeAccount,
    ...lookOf(group),
    fonts: options.fonts ?? [],
    billing: presetBilling(kind, element),
    readOnly: element.readOnly === true || element.disabled === true,
    merchant: element.business?.name ?? group.merchant,
    storedFor: kind === "payment" ? storedFor(element, reusable, group.merchant) : "",
    allowedCountries: element.allowedCountries ?? [],
    addressMode: element.mode ?? "billing",
    names: element.fields?.name === "never" ? "never" : (element.display?.name ?? "full"),
    phone: askedPhone(element),
    style: element.style ?? {},
    placeholder: element.placeholder,
    showsIcon: kind === "card" ? element.hideIcon !== true : kind === "payment" || element.showIcon === true,
    brand: kind === "cardCvc" ? group.brand : "unknown",
    saved: kind === "payment" ? savedCards(group) : null,
    keepsCard: reusable,
    ...askedFields(kind, element, hasBillingAddress(group)),
  };
}

function savedCards({ options, customer }: ElementsGroup): SavedCards | null {
  const secret = options.customerSessionClientSecret;
  if (!secret || !customer?.features) return null;
  const { payment_method_remove: remove, payment_method_save: save } = customer.features;
  return {
    secret,
    methods: customer.payment_methods,
    canRemove: remove === "enabled",
    canSave: save === "enabled",
    saveUsage: customer.features.payment_method_save_usage,
  };
}

/** Asked for only on request, and then required unless that is taken back. */
function askedPhone({ fields, validation }: ElementOptions): FrameSettings["phone"] {
  if (fields?.phone !== "always") return "never";
  return validation?.phone?.required === "never" ? "optional" : "required";
}

function askedFields(kind: FrameKind, options: ElementOptions, hasAddress: boolean) {
  if (isCardPart(kind)) return { asksCountry: false, asksPostalCode: false };
  if (kind === "card") return { asksCountry: false, asksPostalCode: options.hidePostalCode !== true };
  const billing = options.fields?.billingDetails;
  const address = typeof billing === "object" ? billing.address : billing;
  const of = (name: "country" | "postalCode") => (typeof address === "object" ? address[name] : address);
  const asksCountry = !hasAddress && of("country") !== "never";
  return { asksCountry, asksPostalCode: asksCountry && of("postalCode") !== "never" };
}

function presetBilling(kind: FrameKind, options: ElementOptions): BillingDetails {
  const { billingDetails, name, firstName, lastName, address, phone } = options.defaultValues ?? {};
  if (kind === "address") {
    const whole = name ?? ([firstName, lastName].filter(Boolean).join(" ") || null);
    return { name: whole, address: address ?? null, phone: phone ?? null };
  }
  const postalCode = options.value?.postalCode;
  return billingDetails ?? (postalCode ? { address: { postal_code: postalCode } } : {});
}

/** Stripe says what will happen with the card whenever it can be charged again. */
function storedFor(options: ElementOptions, reusable: boolean, merchant: string): string {
  const terms = options.terms?.card ?? "auto";
  const shown = terms === "always" || (terms === "auto" && reusable);
  return shown ? (options.business?.name ?? merchant) : "";
}

import type { FormParams } from "../form-encoding";
import type { FrameSettings } from "../frame-channel";
import type { BillingDetails, StripeError } from "../stripe-types";

interface Form {
  root: HTMLElement;
  /** What the page may know; it becomes the detail of a change event. */
  state(): Record<string, unknown>;
  /** Shows every problem, focuses the first and returns it. */
  validate(): StripeError | undefined;
  focus(): void;
  clear(): void;
  /** What the customer typed, so that a form rebuilt in another language starts where this one stopped. */
  typed(): Record<string, string>;
}

export interface CardForm extends Form {
  card(): FormParams;
  billing(): BillingDetails;
  showDecline(error: StripeError): void;
}

export type AddressForm = Form;

export interface FormOptions {
  settings: FrameSettings;
  typed: Record<string, string>;
  onChange: () => void;
}

import type { FormParams } from "../form-encoding";
import type { FrameSettings, SavedMethod } from "../frame-channel";
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
  /** The saved card that was chosen instead of typing one. */
  chosen?(): SavedMethod | undefined;
  /** Whether to keep the new card; undefined where nobody was asked. */
  saves?(): boolean | undefined;
}

export type AddressForm = Form;

export interface FormOptions {
  settings: FrameSettings;
  typed: Record<string, string>;
  onChange: () => void;
}

export interface CardFormOptions extends FormOptions {
  onFilled: () => void;
  /** Asks the server to forget a saved card. */
  remove: (method: SavedMethod) => Promise<StripeError | undefined>;
}

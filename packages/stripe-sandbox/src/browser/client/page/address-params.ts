import type { Result } from "../api";
import type { FormParams } from "../form-encoding";
import type { BillingDetails } from "../stripe-types";
import { internalsOfElement } from "./element";
import type { ElementsGroup } from "./elements-group";

/** An address element of the group fills billing details or shipping; what the caller gave stays in front. */
export async function withAddress(
  group: ElementsGroup | undefined,
  params: FormParams,
): Promise<Result<FormParams>> {
  const element = internalsOfElement(group?.created.get("address"));
  if (!element) return { value: params };
  const checked = await element.call({ method: "validate" });
  if (checked.error) return { error: checked.error };
  const reply = await element.call({ method: "read_address", shows: false });
  const { name, address, phone } = (reply.value as { value: BillingDetails }).value;
  const value = { name, address, ...(phone && { phone }) };
  if (element.options().mode === "shipping") return { value: { shipping: value, ...params } };
  const data = (params.payment_method_data ?? {}) as FormParams;
  const billing = { ...value, ...(data.billing_details as BillingDetails | undefined) };
  return { value: { ...params, payment_method_data: { ...data, billing_details: billing } } };
}

export function hasBillingAddress(group: ElementsGroup): boolean {
  const element = internalsOfElement(group.created.get("address"));
  return element !== undefined && element.options().mode !== "shipping";
}

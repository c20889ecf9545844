import type { FormParams } from "../form-encoding";
import { IntegrationError } from "../integration-error";
import type { ElementOptions } from "./element-options";

const person = ["name", "email", "phone"];
const place = ["country", "postal_code", "state", "city", "line1", "line2"];

/** Who tells the form not to ask for something has to bring it along. */
export function checkBillingPromise(options: ElementOptions, params: FormParams, caller: string): void {
  const data = (params.payment_method_data ?? {}) as { billing_details?: FormParams };
  const given = data.billing_details ?? {};
  const address = (given.address ?? {}) as FormParams;
  for (const path of notAsked(options.fields?.billingDetails)) {
    const [name = "", inner] = path.split(".");
    if ((inner ? address[inner] : given[name]) !== undefined) continue;
    throw new IntegrationError(
      `You specified "never" for fields.billing_details.${path} when creating the payment Element, but did not pass confirmParams.payment_method_data.billing_details.${path} when calling ${caller}.`,
    );
  }
}

type Billing = NonNullable<ElementOptions["fields"]>["billingDetails"];

function notAsked(billing: Billing): string[] {
  if (billing === "never") return [...person, ...place.map((name) => `address.${name}`)];
  if (typeof billing !== "object") return [];
  const { address } = billing;
  const hidden = (name: string, among: object) => Reflect.get(among, name) === "never";
  return [
    ...person.filter((name) => hidden(name, billing)),
    ...(address === "never"
      ? place
      : place.filter((name) => typeof address === "object" && hidden(camel(name), address))
    ).map((name) => `address.${name}`),
  ];
}

/** The form is told `postalCode`, the payment method `postal_code`. */
function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

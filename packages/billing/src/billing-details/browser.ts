// What the browser may import as values; apart from the other schemas, because only one lazy page needs it.
export {
  type AddressField,
  addressProblems,
  type BillingAddress,
  countries,
  invoiceLanguages,
  needsState,
} from "./rules";
export { likelyTaxId, type TaxIdKindId, taxIdKindIds, taxIdKinds, taxIdName, taxIdProblem } from "./tax-ids";

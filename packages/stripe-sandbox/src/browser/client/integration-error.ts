/** A mistake in the calling code, not in the payment: it is thrown, never resolved as `{ error }`. */
export class IntegrationError extends Error {
  override name = "IntegrationError";
  readonly type = "integration_error";
}

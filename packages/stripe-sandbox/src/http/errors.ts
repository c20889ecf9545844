import { withoutCardNumbers } from "../card-numbers";

export interface StripeErrorBody {
  type:
    | "api_error"
    | "card_error"
    | "idempotency_error"
    | "invalid_request_error"
    | "temporary_session_expired";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  charge?: string;
  doc_url?: string;
  request_log_url?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  payment_method_type?: string;
  setup_intent?: unknown;
}

/** `keepsChanges`: the request failed but happened, as a declined charge does. */
export class ApiError extends Error {
  readonly body: StripeErrorBody;

  constructor(
    readonly status: number,
    body: StripeErrorBody,
    readonly keepsChanges = false,
  ) {
    // An answer is kept under its idempotency key, and it may repeat what was sent.
    const message = withoutCardNumbers(body.message);
    super(message);
    this.body = { ...body, message, ...(body.param && { param: withoutCardNumbers(body.param) }) };
  }

  /** The same refusal, with everything the request did taken back, so it names nothing that is gone. */
  undone(): ApiError {
    const { payment_intent: _intent, charge: _charge, ...body } = this.body;
    return new ApiError(this.status, body);
  }
}

export function invalid(message: string, code?: string, param?: string, status = 400): ApiError {
  return new ApiError(status, {
    ...(code && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` }),
    message,
    ...(param && { param }),
    type: "invalid_request_error",
  });
}

export function missing(noun: string, id: string, param = "id", status = 400): ApiError {
  return invalid(`No such ${noun}: '${id}'`, "resource_missing", param, status);
}

export function notModelled(param: string): ApiError {
  return invalid(
    `Stripe accepts ${param}, but this sandbox does not model it. Nothing was changed.`,
    "sandbox_not_modelled",
    param,
  );
}

import { apiVersion } from "../events";
import { ApiError, invalid } from "./errors";

/** A meter session may only report usage, and only for a while. */
export type Caller = "secret" | "publishable" | "meter_session";

export function readCaller(header: string | undefined, query: string | undefined): Caller {
  const key = keyFrom(header) ?? query;
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (/^(sk|rk)_test_./.test(key)) return "secret";
  if (/^pk_test_./.test(key)) return "publishable";
  if (/^mtrs_test_./.test(key)) return "meter_session";
  if (/^(sk|rk|pk)_live_/.test(key))
    throw unauthorized(
      "A live key was sent to the sandbox, which takes only test keys. Take it out of this environment.",
    );
  throw unauthorized(`Invalid API Key provided: ${key.slice(0, 7)}${"*".repeat(8)}`);
}

export function keyFrom(header: string | undefined): string | undefined {
  const [scheme, value] = (header ?? "").split(" ", 2);
  if (/^bearer$/i.test(scheme ?? "")) return value;
  if (/^basic$/i.test(scheme ?? ""))
    return Buffer.from(value ?? "", "base64")
      .toString("utf8")
      .split(":")[0];
  return undefined;
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, { message, type: "invalid_request_error" });
}

export function refusePublishable(): ApiError {
  return new ApiError(401, {
    code: "secret_key_required",
    message: "This API call cannot be made with a publishable API key. Please use a secret API key.",
    type: "invalid_request_error",
  });
}

export function checkVersion(version: string | undefined): void {
  if (version && version !== apiVersion) {
    throw invalid(
      `This sandbox speaks API version ${apiVersion} only; the request asked for ${version.slice(0, 40)}.`,
    );
  }
}

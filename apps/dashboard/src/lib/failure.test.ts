import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { failureOf, isSignedOut, isTransient } from "./failure";

const refused = (data: Record<string, unknown>) =>
  TRPCClientError.from({ error: { message: "Please sign in to continue.", code: -32001, data } });

describe("a failed call", () => {
  it("carries the reason, the sentence and the request id of the API", () => {
    const error = refused({
      code: "UNAUTHORIZED",
      httpStatus: 401,
      reason: "sign_in_required",
      requestId: "r1",
    });
    expect(failureOf(error)).toEqual({
      reason: "sign_in_required",
      message: "Please sign in to continue.",
      requestId: "r1",
    });
    expect(isSignedOut(error)).toBe(true);
    expect(isTransient(error)).toBe(false);
  });

  it("is worth another try when the server failed or nothing came back", () => {
    expect(isTransient(refused({ code: "INTERNAL_SERVER_ERROR", httpStatus: 500 }))).toBe(true);
    const lost = TRPCClientError.from(new TypeError("Failed to fetch"));
    expect(isTransient(lost)).toBe(true);
    expect(isSignedOut(lost)).toBe(false);
    expect(failureOf(lost).reason).toBeNull();
    expect(failureOf(lost).message).not.toContain("fetch");
  });
});

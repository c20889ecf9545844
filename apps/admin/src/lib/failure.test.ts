import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { failureOf, isSignedOut } from "./failure";
import { newOperationId } from "./operation-id";

const refused = (data: Record<string, unknown>) =>
  new TRPCClientError("Your role does not allow this.", {
    result: { error: { code: -32603, message: "Your role does not allow this.", data } },
  });

test("a refusal keeps its reason, sentence and request id", () => {
  const error = refused({ code: "FORBIDDEN", reason: "role_not_allowed", requestId: "req_9" });
  expect(failureOf(error)).toEqual({
    code: "FORBIDDEN",
    reason: "role_not_allowed",
    message: "Your role does not allow this.",
    requestId: "req_9",
    lost: false,
  });
  expect(isSignedOut(error)).toBe(false);
  expect(isSignedOut(refused({ code: "UNAUTHORIZED" }))).toBe(true);
});

test.each([[new TypeError("Failed to fetch")], [new TRPCClientError("Failed to fetch")], ["?"]])(
  "no answer is not a refusal: %s",
  (error) => {
    expect(failureOf(error)).toMatchObject({ lost: true, code: "LOST" });
  },
);

test("operation ids are version 4 UUIDs and differ", () => {
  const ids = Array.from({ length: 50 }, newOperationId);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(ids).size).toBe(50);
});

import { describe, expect, it } from "vitest";
import { accountProblem, missingFields } from "./rules";

const refusal = (reason: string | null, message = "") => accountProblem({ ok: false, reason, message });

describe("accountProblem", () => {
  it("does not say which of email and password was wrong", () => {
    expect(refusal("INVALID_EMAIL_OR_PASSWORD").field).toBeNull();
  });

  it("points at the field to fix", () => {
    expect(refusal("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL").field).toBe("email");
    expect(refusal("PASSWORD_TOO_SHORT").field).toBe("password");
  });

  it("keeps the server's sentence for a reason it does not know", () => {
    expect(refusal("SIGN_UPS_CLOSED", "Sign-ups are closed.").message).toBe("Sign-ups are closed.");
    expect(refusal("HTTP_502").message).toContain("Nothing was changed");
  });

  it("says when nothing answered", () => {
    expect(refusal(null).message).toContain("could not reach");
  });
});

describe("missingFields", () => {
  it("names every field at once", () => {
    expect(Object.keys(missingFields({ name: " ", email: "ana", password: "" }, 8))).toEqual([
      "name",
      "email",
      "password",
    ]);
  });

  it("accepts a complete form", () => {
    expect(missingFields({ name: "Ana", email: "ana@example.com", password: "long enough" }, 8)).toEqual({});
    expect(missingFields({ email: " ana@example.com ", password: "x" }, 1)).toEqual({});
  });
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ErrorState } from "./error-state";
import { LocaleProvider } from "./locale";
import { german } from "./words";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const texts = {
  title: "We could not reach Stripe.",
  unchanged: "Your plan is the same.",
  next: "Wait a minute, then try again.",
};

function stubClipboard(writeText: (text: string) => Promise<void>) {
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { clipboard: { writeText } }));
}

it("says what happened, what was not changed and what to do", () => {
  const onRetry = vi.fn();
  render(<ErrorState {...texts} onRetry={onRetry} />);
  expect(screen.getByRole("alert").textContent).toContain(
    "We could not reach Stripe.Your plan is the same. Wait a minute, then try again.",
  );
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledTimes(1);
});

it("copies the request id and says so", async () => {
  const writeText = vi.fn(async () => undefined);
  stubClipboard(writeText);
  render(<ErrorState {...texts} requestId="req_42" />);
  fireEvent.click(screen.getByRole("button", { name: "Copy: req_42" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Copied"));
  expect(writeText).toHaveBeenCalledWith("req_42");
});

it("says that copying is blocked instead of staying silent", async () => {
  stubClipboard(() => Promise.reject(new DOMException("blocked", "NotAllowedError")));
  render(<ErrorState {...texts} requestId="req_42" />);
  fireEvent.click(screen.getByRole("button", { name: "Copy: req_42" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("Select the text"));
});

it("speaks the words it is given", () => {
  render(
    <LocaleProvider locale="de-DE" words={german}>
      <ErrorState {...texts} onRetry={() => undefined} />
    </LocaleProvider>,
  );
  expect(screen.getByRole("button", { name: "Noch einmal versuchen" })).toBeTruthy();
});

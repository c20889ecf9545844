// @vitest-environment jsdom
import type { StaffRole } from "@farebox/billing";
import { cleanup, configure, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { refusal } from "../../testing/answering-link";
import { paidInvoice, refund, staffSession } from "../../testing/builders";
import { renderConsole } from "../../testing/render-console";
import { RefundAction } from "./refund-action";

// The dialog is loaded when it is first opened, which a busy machine may take its time for.
configure({ asyncUtilTimeout: 15_000 });

beforeAll(() => {
  window.matchMedia = (query) =>
    Object.assign(new EventTarget(), { matches: false, media: query, onchange: null }) as MediaQueryList;
});
afterEach(cleanup);

function openConsole(answer: (input: unknown) => unknown, role: StaffRole = "support") {
  const rendered = renderConsole(<RefundAction invoice={paidInvoice()} />, {
    "session.get": () => staffSession(role),
    "refunds.create": answer,
  });
  const sent = () =>
    rendered.calls.filter((call) => call.path === "refunds.create").map((call) => call.input as Sent);
  return { ...rendered, sent };
}

interface Sent {
  operationId: string;
  amount: number;
  reason: string;
  note: string;
}

type Console = ReturnType<typeof openConsole>;

async function openDialog({ user }: Console) {
  const button = await screen.findByRole("button", { name: "Refund" });
  await waitFor(() => expect(button).not.toHaveProperty("ariaDisabled", "true"));
  await user.click(button);
  return screen.findByRole("dialog", { name: "Refund invoice FB-0001" });
}

/** Amount and currency do not break apart: the space between them is not a plain one. */
const buttonNamed = (name: string) => screen.getByRole("button", { name: name.replace(" USD", "\u00a0USD") });

async function typeAmount({ user }: Console, text: string) {
  const field = screen.getByLabelText("Amount in USD");
  await user.clear(field);
  await user.type(field, text);
}

test("part of an invoice: the effect and the amount are said before the button is pressed", async () => {
  const console = openConsole(() => refund());
  await openDialog(console);
  expect(screen.getByLabelText<HTMLInputElement>("Amount in USD").value).toBe("99.00");
  await typeAmount(console, "49,50");
  await console.user.selectOptions(screen.getByLabelText("Reason"), "Duplicate");
  await console.user.type(screen.getByLabelText(/Internal note/), "Charged twice");
  expect(screen.getByRole("status", { name: "Effect of this refund" }).textContent).toBe(
    "Refund 49.50\u00a0USD of 99.00\u00a0USD to Visa •••• 4242; 49.50\u00a0USD stays paid.",
  );
  await console.user.click(buttonNamed("Refund 49.50 USD"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText("Refunded 49.50 USD to Visa •••• 4242")).toBeTruthy();
  expect(console.sent()).toMatchObject([
    { invoiceId: "in_1", amount: 4950, reason: "duplicate", note: "Charged twice" },
  ]);
});

test("while it is working the dialog is locked and a second press sends nothing", async () => {
  let release = () => {};
  const console = openConsole(() => new Promise((resolve) => (release = () => resolve(refund()))));
  await openDialog(console);
  const button = buttonNamed("Refund 99.00 USD");
  await console.user.dblClick(button);
  await console.user.click(button);
  await console.user.keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Amount in USD").matches(":disabled")).toBe(true);
  expect(console.sent()).toHaveLength(1);
  release();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test.each([
  ["99.01", "At most 99.00 USD is left."],
  ["0", "Enter an amount above zero."],
  ["ten", "Use digits only, for example 1234.50."],
])("%s is not sent: %s", async (text, problem) => {
  const console = openConsole(() => refund());
  await openDialog(console);
  await typeAmount(console, text);
  await console.user.click(screen.getByRole("button", { name: "Refund" }));
  expect(await screen.findByText(problem)).toBeTruthy();
  expect(console.sent()).toEqual([]);
});

test("after a refusal nothing moved, so the next try is a new refund", async () => {
  const console = openConsole(() => {
    throw refusal("PRECONDITION_FAILED", "refund_exceeds_paid", "At most $10.00.");
  });
  await openDialog(console);
  await console.user.click(buttonNamed("Refund 99.00 USD"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/more than is left to refund.*req_1/);
  await typeAmount(console, "10");
  await console.user.click(buttonNamed("Refund 10.00 USD"));
  await waitFor(() => expect(console.sent()).toHaveLength(2));
  const [first, second] = console.sent();
  expect(second?.amount).toBe(1000);
  expect(second?.operationId).not.toBe(first?.operationId);
});

test("when the answer is lost only the very same refund can be asked for again", async () => {
  let tries = 0;
  const console = openConsole(() => {
    tries += 1;
    if (tries === 1) throw new TypeError("Failed to fetch");
    return refund({ amount: 9900 });
  });
  await openDialog(console);
  await console.user.click(buttonNamed("Refund 99.00 USD"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/did not reach us.*cannot pay out twice/);
  expect(screen.getByLabelText<HTMLInputElement>("Amount in USD").matches(":disabled")).toBe(true);
  await console.user.click(buttonNamed("Ask again: refund 99.00 USD"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [first, second] = console.sent();
  expect(second).toEqual(first);
});

test.each([
  ["as a refund", () => refund({ status: "unknown" })],
  [
    "as an error",
    () => {
      throw refusal("CONFLICT", "outcome_unknown", "The payment provider has not answered yet.");
    },
  ],
])("when Stripe has not answered, told %s, nothing can be sent again", async (_how, answer) => {
  const console = openConsole(answer);
  await openDialog(console);
  await console.user.click(buttonNamed("Refund 99.00 USD"));
  expect((await screen.findByRole("alert")).textContent).toMatch(
    /Stripe has not answered.*Do not refund again/,
  );
  expect(screen.queryByRole("button", { name: /^Refund|^Ask again/ })).toBeNull();
  expect(screen.getAllByRole("button", { name: "Close" })).toHaveLength(2);
});

test("a viewer sees the button, cannot press it, and is told why", async () => {
  const console = openConsole(() => refund(), "viewer");
  expect(
    await screen.findByText("Your role (viewer) cannot refund. Ask support, finance or an admin."),
  ).toBeTruthy();
  const button = screen.getByRole("button", { name: "Refund" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  await console.user.click(button);
  expect(screen.queryByRole("dialog")).toBeNull();
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Button } from "./button";
import { ConfirmDialog } from "./confirm-dialog";
import { Dialog } from "./dialog";
import { DropdownMenu, DropdownMenuItem } from "./dropdown-menu";
import { Sheet } from "./sheet";

afterEach(cleanup);

function Page({ locked, kind: Kind }: { locked?: boolean; kind: typeof Dialog }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Refund</Button>
      <Kind
        open={open}
        onOpenChange={setOpen}
        title="Refund 29.00 EUR"
        description="In 5 days."
        locked={locked}
      >
        <input aria-label="Amount" />
      </Kind>
    </>
  );
}

function openFromButton() {
  const opener = screen.getByRole("button", { name: "Refund" });
  opener.focus();
  fireEvent.click(opener);
  return opener;
}

describe.each([
  ["Dialog", Dialog],
  ["Sheet", Sheet as typeof Dialog],
])("%s", (_name, kind) => {
  it("takes the focus, is named and described, and gives the focus back", async () => {
    render(<Page kind={kind} />);
    const opener = openFromButton();
    const dialog = screen.getByRole("dialog", { name: "Refund 29.00 EUR", description: "In 5 days." });
    expect(dialog.contains(document.activeElement)).toBe(true);

    fireEvent.keyDown(dialog, { key: "Escape" });
    await waitFor(() => expect(document.activeElement).toBe(opener));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("closes by its button", async () => {
    render(<Page kind={kind} />);
    openFromButton();
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

it("a locked dialog stays while money is moving", () => {
  render(<Page kind={Dialog} locked />);
  openFromButton();
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Close" })).toHaveProperty("disabled", true);
});

function PageWithMenu() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <DropdownMenu trigger={<Button>More</Button>}>
        <DropdownMenuItem onSelect={() => setOpen(true)}>Refund</DropdownMenuItem>
      </DropdownMenu>
      <Dialog open={open} onOpenChange={setOpen} title="Refund 29.00 EUR" />
    </>
  );
}

it("a dialog opened from a menu gives the focus back to the menu's button", async () => {
  render(<PageWithMenu />);
  const more = screen.getByRole("button", { name: "More" });
  more.focus();
  fireEvent.keyDown(more, { key: "Enter" });
  const item = await screen.findByRole("menuitem", { name: "Refund" });
  item.focus();
  fireEvent.keyDown(item, { key: "Enter" });
  const dialog = await screen.findByRole("dialog", { name: "Refund 29.00 EUR" });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  expect(screen.queryByRole("menu")).toBeNull();

  fireEvent.keyDown(dialog, { key: "Escape" });
  await waitFor(() => expect(document.activeElement).toBe(more));
});

describe("ConfirmDialog", () => {
  const confirm = (props: Partial<Parameters<typeof ConfirmDialog>[0]>) => (
    <ConfirmDialog
      open
      onOpenChange={() => undefined}
      title="Cancel Team on 3 December?"
      description="You keep Team until then."
      confirmLabel="Cancel on 3 December"
      cancelLabel="Keep Team"
      onConfirm={() => undefined}
      {...props}
    />
  );

  it("puts the focus on the answer that changes nothing", () => {
    render(confirm({ tone: "danger" }));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep Team" }));
  });

  it("confirms once and does not close while the answer is on its way", () => {
    const onConfirm = vi.fn();
    const onOpenChange = vi.fn();
    const { rerender } = render(confirm({ onConfirm, onOpenChange }));
    fireEvent.click(screen.getByRole("button", { name: "Cancel on 3 December" }));
    rerender(confirm({ onConfirm, onOpenChange, pending: true }));
    fireEvent.click(screen.getByRole("button", { name: "Cancel on 3 December" }));
    fireEvent.keyDown(screen.getByRole("alertdialog"), { key: "Escape" });
    expect(onConfirm).toHaveBeenCalledTimes(1);
    expect(onOpenChange).not.toHaveBeenCalled();
  });

  it("shows the server's refusal where the question was", () => {
    render(confirm({ error: "Stripe did not answer. Your plan is the same." }));
    expect(screen.getByRole("alert").textContent).toBe("Stripe did not answer. Your plan is the same.");
  });
});

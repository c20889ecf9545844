// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Button, IconButton } from "./button";

afterEach(cleanup);

describe("Button", () => {
  it("refuses clicks and submits while pending, but keeps the focus", () => {
    const onClick = vi.fn();
    const onSubmit = vi.fn((event: React.FormEvent) => event.preventDefault());
    const form = (pending: boolean) => (
      <form onSubmit={onSubmit}>
        <Button type="submit" pending={pending} onClick={onClick}>
          Pay
        </Button>
      </form>
    );
    const { rerender } = render(form(false));
    const button = screen.getByRole("button", { name: "Pay" });
    button.focus();
    fireEvent.click(button);
    expect([onClick, onSubmit].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);

    rerender(form(true));
    fireEvent.click(button);
    expect([onClick, onSubmit].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute("aria-busy")).toBe("true");
    expect(button.getAttribute("aria-disabled")).toBe("true");
  });

  it("submits nothing unless it says so", () => {
    render(<Button>Close</Button>);
    expect(screen.getByRole("button").getAttribute("type")).toBe("button");
  });

  it("lends its look to a link", () => {
    render(
      <Button asChild variant="primary" className="w-full">
        <a href="/plans">See plans</a>
      </Button>,
    );
    const link = screen.getByRole("link", { name: "See plans" });
    expect(link.getAttribute("href")).toBe("/plans");
    expect(link.className).toContain("bg-accent");
    expect(link.className).toContain("w-full");
  });

  it("names an icon", () => {
    render(<IconButton label="Remove card">x</IconButton>);
    expect(screen.getByRole("button", { name: "Remove card" })).toBeTruthy();
  });
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { House } from "lucide-react";
import type { ComponentProps } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConsoleShell } from "./console-shell";
import { DashboardShell } from "./dashboard-shell";
import { NavLink } from "./navigation";

beforeEach(() => {
  localStorage.clear();
});
afterEach(cleanup);

function RouterLink(props: ComponentProps<"a">) {
  return <a {...props} />;
}

const navigation = (
  <NavLink icon={House} label="Overview">
    <RouterLink href="/overview" aria-current="page" />
  </NavLink>
);

describe("DashboardShell", () => {
  it("lets the keyboard skip to the content and names its navigation", () => {
    render(
      <DashboardShell brand="Farebox" navigation={navigation}>
        <h1>Your plan</h1>
      </DashboardShell>,
    );
    const target = screen.getByRole("link", { name: "Skip to content" }).getAttribute("href");
    expect(`#${screen.getByRole("main").id}`).toBe(target);
    const link = within(screen.getByRole("navigation", { name: "Main" })).getByRole("link", {
      name: "Overview",
    });
    expect(link.getAttribute("href")).toBe("/overview");
    expect(link.getAttribute("aria-current")).toBe("page");
  });
});

describe("ConsoleShell", () => {
  const shell = (
    <ConsoleShell mark="F" brand="Farebox" navigation={navigation}>
      <h1>Invoices</h1>
    </ConsoleShell>
  );

  it("remembers how wide its rail was", () => {
    const { unmount } = render(shell);
    fireEvent.click(screen.getByRole("button", { name: "Collapse navigation" }));
    unmount();
    render(shell);
    const toggle = screen.getByRole("button", { name: "Expand navigation" });
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
    expect(screen.getByRole("link", { name: "Overview" })).toBeTruthy();
    fireEvent.click(toggle);
    expect(screen.getByRole("button", { name: "Collapse navigation" })).toBeTruthy();
  });
});

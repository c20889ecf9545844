// @vitest-environment jsdom
import { runInThisContext } from "node:vm";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { elementsAppearance } from "./elements-appearance";
import { stubColorScheme } from "./testing/match-media";
import { bootScript, styleSheet } from "./testing/package-files";
import { applyTheme, chooseTheme, useTheme } from "./theme";

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  chooseTheme("system");
  delete document.documentElement.dataset.theme;
});

function shownTheme() {
  return document.documentElement.dataset.theme;
}

describe.each([
  ["light", "light", "light"],
  ["light", "dark", "light"],
  ["dark", "light", "dark"],
  ["system", "light", "light"],
  ["system", "dark", "dark"],
] as const)("chosen %s on a %s system", (choice, system, expected) => {
  it(`is ${expected}, before the first paint as after it`, () => {
    stubColorScheme(system);
    chooseTheme(choice);
    applyTheme();
    expect(shownTheme()).toBe(expected);

    delete document.documentElement.dataset.theme;
    runInThisContext(bootScript);
    expect(shownTheme()).toBe(expected);
  });
});

function Shown() {
  const { choice, theme, choose } = useTheme();
  return (
    <button type="button" onClick={() => choose("dark")}>
      {choice} {theme}
    </button>
  );
}

describe("useTheme", () => {
  it("follows the choice and remembers it", () => {
    stubColorScheme("light");
    render(<Shown />);
    expect(screen.getByRole("button").textContent).toBe("system light");
    fireEvent.click(screen.getByRole("button"));
    expect(screen.getByRole("button").textContent).toBe("dark dark");
    expect(shownTheme()).toBe("dark");
    expect(localStorage.getItem("farebox-theme")).toBe("dark");
  });

  it("follows the system for as long as nothing else was chosen", () => {
    const system = stubColorScheme("light");
    render(<Shown />);
    act(() => system.change("dark"));
    expect(screen.getByRole("button").textContent).toBe("system dark");
    expect(shownTheme()).toBe("dark");
  });

  it("follows a choice made in another tab", () => {
    stubColorScheme("light");
    render(<Shown />);
    localStorage.setItem("farebox-theme", "dark");
    act(() => window.dispatchEvent(new StorageEvent("storage", { key: "farebox-theme" })));
    expect(screen.getByRole("button").textContent).toBe("dark dark");
  });

  it("works where storage is blocked", () => {
    stubColorScheme("light");
    const blocked = () => {
      throw new DOMException("denied", "SecurityError");
    };
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(blocked);
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(blocked);
    vi.spyOn(Storage.prototype, "removeItem").mockImplementation(blocked);
    render(<Shown />);
    fireEvent.click(screen.getByRole("button"));
    expect(screen.getByRole("button").textContent).toBe("dark dark");
    delete document.documentElement.dataset.theme;
    runInThisContext(bootScript);
    expect(shownTheme()).toBe("light");
  });
});

describe("elementsAppearance", () => {
  it("reads the tokens of the theme it is asked for, whatever is on the page", () => {
    const style = document.createElement("style");
    style.textContent = styleSheet.slice(styleSheet.indexOf(":root,"), styleSheet.indexOf("@theme"));
    document.head.append(style);
    document.documentElement.dataset.theme = "light";
    const light = elementsAppearance("light");
    const dark = elementsAppearance("dark");
    style.remove();

    expect(light.variables.colorBackground).toBe("#ffffff");
    expect(dark.variables.colorBackground).toBe("#15191d");
    expect(light.variables.colorPrimary).toBe("#2564e0");
    for (const value of Object.values({ ...light.variables, ...dark.variables })) {
      expect(value).not.toMatch(/^$|var\(|oklch/);
    }
    expect(document.querySelector("div[data-theme]")).toBeNull();
  });
});

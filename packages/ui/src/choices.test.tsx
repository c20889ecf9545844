// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { RadioCards } from "./radio-cards";
import { SearchInput } from "./search-input";
import { Segmented } from "./segmented";

afterEach(cleanup);

it("a segmented switch is a named group of radios", () => {
  const onChange = vi.fn();
  const options = [
    { value: "month", label: "Monthly" },
    { value: "year", label: "Yearly" },
  ] as const;
  render(<Segmented label="Billed" options={options} value="month" onChange={onChange} />);
  expect(screen.getByRole("group", { name: "Billed" })).toBeTruthy();
  expect(screen.getByRole("radio", { name: "Monthly" })).toHaveProperty("checked", true);
  fireEvent.click(screen.getByRole("radio", { name: "Yearly" }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith("year");
});

it("radio cards say their error and refuse disabled choices", () => {
  const onChange = vi.fn();
  render(
    <RadioCards
      legend="Plan"
      error="Choose a plan."
      value={undefined}
      onChange={onChange}
      options={[
        { value: "solo", title: "Solo" },
        { value: "team", title: "Team", disabled: true },
      ]}
    />,
  );
  expect(screen.getByRole("group", { name: "Plan", description: "Choose a plan." })).toBeTruthy();
  expect(screen.getByRole("radio", { name: "Team" })).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("radio", { name: "Solo" }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith("solo");
});

function Search({ shortcut }: { shortcut?: boolean }) {
  const [text, setText] = useState("");
  return (
    <>
      <SearchInput value={text} onChange={setText} shortcut={shortcut} />
      <input aria-label="Other" />
    </>
  );
}

it("a search takes the focus by a slash, unless one is typing", () => {
  render(<Search />);
  const search = screen.getByRole("searchbox", { name: "Search" });
  const other = screen.getByLabelText("Other");
  other.focus();
  fireEvent.keyDown(other, { key: "/" });
  expect(document.activeElement).toBe(other);
  other.blur();
  fireEvent.keyDown(document.body, { key: "/" });
  expect(document.activeElement).toBe(search);

  fireEvent.change(search, { target: { value: "cus_1" } });
  fireEvent.keyDown(search, { key: "Escape" });
  expect(search).toHaveProperty("value", "");
  fireEvent.keyDown(search, { key: "Escape" });
  expect(document.activeElement).toBe(document.body);
});

it("a search without its shortcut leaves the slash alone", () => {
  render(<Search shortcut={false} />);
  fireEvent.keyDown(document.body, { key: "/" });
  expect(document.activeElement).toBe(document.body);
});

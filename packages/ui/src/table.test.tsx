// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Column, DataTable } from "./data-table";

afterEach(cleanup);

interface Invoice {
  number: string;
  total: string;
}

const columns: Column<Invoice>[] = [
  { key: "number", header: "Number", lead: true, cell: (row) => <a href={`#${row.number}`}>{row.number}</a> },
  { key: "total", header: "Total", end: true, cell: (row) => row.total },
];
const invoices: Invoice[] = [
  { number: "FB-1", total: "29.00 EUR" },
  { number: "FB-2", total: "14.52 EUR" },
];

function table(rows: Invoice[] | undefined, onOpen?: (row: Invoice) => void) {
  return (
    <DataTable
      caption="Invoices"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.number}
      onOpen={onOpen}
      selectedKey="FB-2"
      empty={<p>Your invoices appear here.</p>}
    />
  );
}

const bodyRows = () => within(screen.getAllByRole("rowgroup")[1] as HTMLElement).getAllByRole("row");

describe("DataTable", () => {
  it("is a named table whose cells know their column when they stand in a card", () => {
    render(table(invoices));
    expect(screen.getByRole("table", { name: "Invoices" })).toBeTruthy();
    const amount = screen.getByRole("cell", { name: "29.00 EUR" });
    expect(amount.getAttribute("data-label")).toBe("Total");
    expect(amount.className).toContain("sm:text-right");
    expect(bodyRows().map((row) => row.getAttribute("aria-selected"))).toEqual(["false", "true"]);
  });

  it("opens a row by click, but leaves links and selected text alone", () => {
    const onOpen = vi.fn();
    render(table(invoices, onOpen));
    fireEvent.click(screen.getByRole("link", { name: "FB-1" }));
    expect(onOpen).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("cell", { name: "29.00 EUR" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(invoices[0]);

    window.getSelection()?.selectAllChildren(screen.getByRole("cell", { name: "14.52 EUR" }));
    fireEvent.click(screen.getByRole("cell", { name: "14.52 EUR" }));
    expect(onOpen).toHaveBeenCalledTimes(1);
    window.getSelection()?.removeAllRanges();
  });

  it("opens by Enter and goes from row to row by arrow keys", () => {
    const onOpen = vi.fn();
    render(table(invoices, onOpen));
    const [first, second] = bodyRows() as [HTMLElement, HTMLElement];
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowDown" });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second, { key: "ArrowDown" });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second, { key: "Enter" });
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(invoices[1]);
    fireEvent.keyDown(second, { key: "ArrowUp" });
    expect(document.activeElement).toBe(first);

    fireEvent.keyDown(screen.getByRole("link", { name: "FB-1" }), { key: "Enter" });
    expect(onOpen).toHaveBeenCalledTimes(1);
  });

  it("cannot be tabbed into where nothing opens", () => {
    render(table(invoices));
    expect(bodyRows().some((row) => row.hasAttribute("tabindex"))).toBe(false);
  });

  it("keeps the shape while loading and says so", () => {
    render(table(undefined));
    expect(screen.getByRole("table").getAttribute("aria-busy")).toBe("true");
    expect(bodyRows()).toHaveLength(5);
    expect(bodyRows()[0]?.textContent).toBe("Loading");
  });

  it("shows what this is when there are no rows", () => {
    render(table([]));
    expect(screen.queryByRole("table")).toBeNull();
    expect(screen.getByText("Your invoices appear here.")).toBeTruthy();
  });
});

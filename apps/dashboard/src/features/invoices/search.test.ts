import { describe, expect, it } from "vitest";
import { csvAddress, filterOf, invoiceSearch, isFiltered } from "./search";

describe("the address of the table", () => {
  it("drops what it does not know", () => {
    const search = invoiceSearch({ status: "draft", from: "2026-13-40", to: 7, q: "", cursor: ["x"] });
    expect(isFiltered(search)).toBe(false);
    expect(filterOf(search)).toEqual({});
    expect(csvAddress(search)).toBe("/api/invoices.csv");
  });

  it("keeps the filters, and an amount that the router has read as a number", () => {
    const search = invoiceSearch({ status: "open", q: 99.5, from: "2026-03-01", to: "2026-03-31" });
    expect(search).toMatchObject({ status: "open", q: "99.5" });
    expect(isFiltered(search)).toBe(true);
  });

  it("means the whole of the last day, by the reader's calendar", () => {
    const { from = "", to = "" } = filterOf(invoiceSearch({ from: "2026-03-01", to: "2026-03-01" }));
    expect(new Date(from).getHours()).toBe(0);
    expect(Date.parse(to) - Date.parse(from)).toBe(24 * 60 * 60 * 1000);
  });

  it("gives the file the same filters", () => {
    expect(csvAddress({ status: "paid", q: "FB-1" })).toBe("/api/invoices.csv?status=paid&search=FB-1");
  });
});

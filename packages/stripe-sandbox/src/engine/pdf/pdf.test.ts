import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paperPdf } from "./draw";
import { winAnsi } from "./encoding";
import { widthOf, wrap } from "./metrics";
import type { Paper, PaperRow } from "./paper";

const row = (text: string): PaperRow => ({ text, notes: [], quantity: "1", unit: "€1.00", amount: "€1.00" });
const paper = (rows: PaperRow[]): Paper => ({
  title: "Invoice A-1",
  status: { text: "Open", kind: "plain" },
  facts: [{ label: "Date", value: "1 Jan 2026" }],
  from: ["Farebox"],
  to: ["Größe & Söhne", "Zürich"],
  rows,
  totals: [{ label: "Total", value: "€9.00", strong: true }],
  notes: ["Thank you."],
});
const textOf = (pdf: Uint8Array) => Buffer.from(pdf).toString("latin1");

/** Follows the table of objects as a reader does; answers the contents of the pages. */
function readPdf(pdf: Uint8Array): string[] {
  const text = textOf(pdf);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const table = /^xref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<< \/Size (\d+)/.exec(
    text.slice(start),
  );
  const offsets = [...(table?.[2] ?? "").matchAll(/^\d+/gm)].map(([offset]) => Number(offset));
  expect([table?.[1], table?.[3]]).toEqual([String(offsets.length + 1), String(offsets.length + 1)]);
  const objects = offsets.map((offset, at) => {
    const body = text.slice(offset);
    expect(body.startsWith(`${at + 1} 0 obj\n`)).toBe(true);
    return body.slice(0, body.indexOf("\nendobj\n"));
  });
  const count = Number(/\/Count (\d+)/.exec(objects[1] ?? "")?.[1]);
  const contents = objects.flatMap((object) => {
    const stream = /\/Length (\d+) >>\nstream\n([\s\S]*)\nendstream$/.exec(object);
    if (!stream) return [];
    expect(stream[2]).toHaveLength(Number(stream[1]));
    return [stream[2] ?? ""];
  });
  expect(contents).toHaveLength(count);
  return contents;
}

describe("paperPdf", () => {
  it("has every row, on as many pages as they need, each with its head and number", () => {
    const rows = Array.from({ length: 90 }, (_, at) => row(`Position ${at + 1}`));
    const pages = readPdf(paperPdf(paper(rows)));
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain("(Description)");
      expect(page).toContain(`(Page ${at + 1} of ${pages.length})`);
    }
    for (let at = 1; at <= 90; at += 1)
      expect(pages.filter((page) => page.includes(`(Position ${at})`))).toHaveLength(1);
    expect(pages.at(-1)).toContain("(Thank you.)");
  });

  it("writes the letters of its encoding, and reads others as well as it can", () => {
    expect(winAnsi("aä€ß–")).toEqual([0x61, 0xe4, 0x80, 0xdf, 0x96]);
    expect(winAnsi("Łódź")).toEqual([...Buffer.from("Lódz", "latin1")]);
    expect(winAnsi("東₹")).toEqual([0x3f, ...Buffer.from("INR")]);
    expect(winAnsi("10\u202f000")).toEqual([0x31, 0x30, 0xa0, 0x30, 0x30, 0x30]);
    expect(textOf(paperPdf(paper([row("a (b) \\ c")])))).toContain("(a \\(b\\) \\\\ c)");
    expect(textOf(paperPdf(paper([])))).toContain("Gr\\366\\337e & S\\366hne");
  });

  it("can be read whatever it is made of", () => {
    const any = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (texts) => {
        readPdf(paperPdf(paper(texts.map(row))));
      }),
      { numRuns: 60 },
    );
  });
});

describe("wrap", () => {
  it("loses nothing and stays inside the line", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z0-9 äé-]{0,120}$/),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          const lines = wrap(text, "regular", 10, width);
          for (const line of lines) expect(widthOf(line, "regular", 10)).toBeLessThanOrEqual(width);
          expect(lines.join("").replace(/ /g, "")).toBe(text.replace(/ /g, ""));
        },
      ),
    );
  });
});

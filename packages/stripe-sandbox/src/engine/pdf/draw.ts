import { escaped, pdfFile } from "./file";
import { type Face, widthOf, wrap } from "./metrics";
import type { Paper, PaperRow } from "./paper";

const left = 56;
const right = 539;
const top = 786;
const bottom = 72;
const column = { quantity: 388, unit: 462, amount: right };
const textWidth = 300;

interface Sheet {
  pages: string[][];
  y: number;
  /** What a page begins with once the table has begun. */
  head: (() => void) | undefined;
}

/** All rows and totals of a paper on as many A4 pages as they need. */
export function paperPdf(paper: Paper): Uint8Array<ArrayBuffer> {
  const sheet: Sheet = { pages: [[]], y: top, head: undefined };
  drawTop(sheet, paper);
  drawRows(sheet, paper.rows);
  drawTotals(sheet, paper);
  const pages = sheet.pages.map((page, at) => {
    const count = `Page ${at + 1} of ${sheet.pages.length}`;
    return [
      ...page,
      drawText(left, 40, paper.title, "regular", 8),
      drawRight(right, 40, count, "regular", 8),
    ].join("\n");
  });
  return pdfFile(pages, paper.title);
}

function drawTop(sheet: Sheet, paper: Paper): void {
  put(sheet, drawText(left, sheet.y, paper.title, "bold", 20));
  if (paper.status) put(sheet, drawRight(right, sheet.y, paper.status.text, "bold", 12));
  sheet.y -= 34;
  for (const { label, value } of paper.facts) {
    put(sheet, drawText(left, sheet.y, label, "regular", 10));
    put(sheet, drawText(left + 110, sheet.y, value, "bold", 10));
    sheet.y -= 16;
  }
  sheet.y -= 14;
  const [from = "", ...fromRest] = paper.from;
  const [to = "", ...toRest] = paper.to;
  const pairs = Math.max(fromRest.length, toRest.length);
  const width = 225;
  put(
    sheet,
    drawText(left, sheet.y, shortened(from, "bold", width), "bold", 10),
    drawText(left + 250, sheet.y, shortened(to, "bold", width), "bold", 10),
  );
  for (let at = 0; at < pairs; at += 1) {
    sheet.y -= 14;
    put(
      sheet,
      drawText(left, sheet.y, shortened(fromRest[at] ?? "", "regular", width), "regular", 10),
      drawText(left + 250, sheet.y, shortened(toRest[at] ?? "", "regular", width), "regular", 10),
    );
  }
  sheet.y -= 36;
}

function drawRows(sheet: Sheet, rows: PaperRow[]): void {
  if (rows.length === 0) return;
  const head = () => {
    put(
      sheet,
      drawText(left, sheet.y, "Description", "bold", 9),
      drawRight(column.quantity, sheet.y, "Quantity", "bold", 9),
    );
    put(
      sheet,
      drawRight(column.unit, sheet.y, "Unit price", "bold", 9),
      drawRight(right, sheet.y, "Amount", "bold", 9),
    );
    sheet.y -= 8;
    put(sheet, rule(sheet.y));
    sheet.y -= 16;
  };
  head();
  sheet.head = head;
  for (const row of rows) {
    const lines = wrap(row.text, "regular", 10, textWidth - 40);
    const notes = row.notes.flatMap((note) => wrap(note, "regular", 8, textWidth - 40));
    makeRoom(sheet, lines.length * 14 + notes.length * 11 + 6);
    put(sheet, drawRight(column.quantity, sheet.y, row.quantity, "regular", 10));
    put(sheet, drawRight(column.unit, sheet.y, row.unit, "regular", 10));
    put(sheet, drawRight(column.amount, sheet.y, row.amount, "regular", 10));
    for (const line of lines) {
      put(sheet, drawText(left, sheet.y, line, "regular", 10));
      sheet.y -= 14;
    }
    for (const note of notes) {
      put(sheet, drawText(left, sheet.y + 2, note, "regular", 8));
      sheet.y -= 11;
    }
    sheet.y -= 6;
  }
  sheet.head = undefined;
  put(sheet, rule(sheet.y + 6));
  sheet.y -= 14;
}

function drawTotals(sheet: Sheet, { totals, notes }: Paper): void {
  for (const { label, value, strong } of totals) {
    makeRoom(sheet, 16);
    const face = strong ? "bold" : "regular";
    put(sheet, drawText(320, sheet.y, label, face, 10), drawRight(right, sheet.y, value, face, 10));
    sheet.y -= 16;
  }
  sheet.y -= 12;
  for (const note of notes.flatMap((text) =>
    text.split("\n").flatMap((one) => wrap(one, "regular", 9, right - left)),
  )) {
    makeRoom(sheet, 13);
    put(sheet, drawText(left, sheet.y, note, "regular", 9));
    sheet.y -= 13;
  }
}

function makeRoom(sheet: Sheet, height: number): void {
  if (sheet.y - height >= bottom) return;
  sheet.pages.push([]);
  sheet.y = top;
  sheet.head?.();
}

function put(sheet: Sheet, ...drawn: string[]): void {
  sheet.pages.at(-1)?.push(...drawn);
}

function shortened(text: string, face: Face, width: number): string {
  return wrap(text, face, 10, width)[0] ?? "";
}

function drawText(x: number, y: number, text: string, face: Face, size: number): string {
  return `BT /${face === "bold" ? "F2" : "F1"} ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} Tm (${escaped(text)}) Tj ET`;
}

function drawRight(x: number, y: number, text: string, face: Face, size: number): string {
  return drawText(x - widthOf(text, face, size), y, text, face, size);
}

function rule(y: number): string {
  return `0.8 w 0.75 G ${left} ${y.toFixed(2)} m ${right} ${y.toFixed(2)} l S`;
}

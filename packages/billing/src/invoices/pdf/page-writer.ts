import PDFDocument from "pdfkit";
import { fontName, fonts, scriptRuns, type Weight } from "./fonts";

const margin = 56;
const ink = "#1c2230";
const quiet = "#5b6475";
const line = "#d9dde5";

interface Look {
  size?: number;
  weight?: Weight;
  quiet?: boolean;
}

export interface PageWriter {
  readonly left: number;
  readonly right: number;
  y: number;
  /** At `y`, as wide as it may be; tells how high it was. */
  write(text: string, x: number, width: number, look?: Look): number;
  /** Ends at `right`. */
  writeEnd(text: string, right: number, look?: Look): void;
  rule(): void;
  /** Begins a new page when so much does not fit any more. */
  need(height: number): void;
  finish(): Promise<Uint8Array>;
}

export function openPage(info: { title: string; author: string; date: Date }): PageWriter {
  const doc = new PDFDocument({
    size: "A4",
    margin,
    font: null,
    lang: "en",
    tagged: true,
    displayTitle: true,
    bufferPages: false,
    pdfVersion: "1.7",
    info: { Title: info.title, Author: info.author, CreationDate: info.date },
  });
  for (const { name, bytes } of fonts()) doc.registerFont(name, bytes);
  const chunks: Uint8Array[] = [];
  doc.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise<Uint8Array>((resolve, reject) => {
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  const right = doc.page.width - margin;

  const style = ({ size = 10, quiet: isQuiet = false }: Look) =>
    doc.fontSize(size).fillColor(isQuiet ? quiet : ink);

  function widthOf(text: string, look: Look): number {
    style(look);
    return scriptRuns(text).reduce((sum, run) => {
      doc.font(fontName(run.script, look.weight ?? 400));
      return sum + doc.widthOfString(run.text);
    }, 0);
  }

  function put(text: string, x: number, y: number, look: Look): void {
    style(look);
    let at = x;
    for (const run of scriptRuns(text)) {
      doc.font(fontName(run.script, look.weight ?? 400));
      doc.text(run.text, at, y, { lineBreak: false });
      at += doc.widthOfString(run.text);
    }
  }

  const page: PageWriter = {
    left: margin,
    right,
    y: margin,
    write(text, x, width, look = {}) {
      const rows = wrapped(text, (part) => widthOf(part, look) <= width);
      const height = (look.size ?? 10) * 1.5;
      for (const [at, row] of rows.entries()) put(row, x, page.y + at * height, look);
      return rows.length * height;
    },
    writeEnd(text, end, look = {}) {
      put(text, end - widthOf(text, look), page.y, look);
    },
    rule() {
      doc.strokeColor(line).lineWidth(0.75).moveTo(margin, page.y).lineTo(right, page.y).stroke();
    },
    need(height) {
      if (page.y + height <= doc.page.height - margin) return;
      doc.addPage();
      page.y = margin;
    },
    finish() {
      doc.end();
      return ended;
    },
  };
  return page;
}

/** In rows that fit; a word that is too long for a row is cut. */
export function wrapped(text: string, fits: (row: string) => boolean): string[] {
  const rows: string[] = [];
  let row = "";
  const push = (word: string) => {
    const longer = row ? `${row} ${word}` : word;
    if (fits(longer)) {
      row = longer;
      return;
    }
    if (row) rows.push(row);
    row = "";
    for (const sign of word) {
      if (row && !fits(row + sign)) {
        rows.push(row);
        row = "";
      }
      row += sign;
    }
  };
  for (const word of text.split(/\s+/)) push(word);
  return [...rows, row];
}

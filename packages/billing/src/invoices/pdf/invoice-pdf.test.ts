import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openPage, wrapped } from "./page-writer";

const info = { title: "Invoice", author: "Farebox", date: new Date("2026-01-01T00:00:00Z") };

async function paperOf(text: string): Promise<string[]> {
  const page = openPage(info);
  page.write(text, page.left, page.right - page.left);
  return streamsOf(Buffer.from(await page.finish()));
}

/** What the streams of a paper hold: its pages' drawing and its fonts' tables. */
function streamsOf(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 7)) {
    const end = pdf.indexOf("endstream", at);
    try {
      found.push(inflateSync(pdf.subarray(at + 7, end)).toString("latin1"));
    } catch {
      // Not every stream is packed.
    }
    at = end;
  }
  return found;
}

const drawnGlyphs = (streams: string[]) =>
  streams
    .filter((stream) => stream.includes(" Tf"))
    .flatMap((stream) => stream.match(/<[0-9a-f]{4,}>/g) ?? [])
    .flatMap((run) => run.slice(1, -1).match(/.{4}/g) ?? []);

describe("our own paper", () => {
  it.each(["Łukasz Müller", "Núñez", "Şirketi Ğ", "Ελλάδα", "Жуков", "€ 14,52 – “ok” …", "an\u0303o"])(
    "has the letters of %s",
    async (text) => {
      const streams = await paperOf(text);
      const glyphs = drawnGlyphs(streams);
      expect(glyphs.length).toBeGreaterThan(1);
      expect(glyphs).not.toContain("0000");
      const tables = streams.filter((stream) => stream.includes("begincmap")).join();
      for (const letter of text.normalize("NFC").replace(/\s/g, "")) {
        const code = (letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
        expect(tables.toLowerCase()).toContain(code);
      }
    },
  );

  it("shows a question mark for a letter it has not, and does not break", async () => {
    expect(drawnGlyphs(await paperOf("日本 \u{1F600}"))).not.toContain("0000");
  });

  it("cuts a word that is too long for its row", () => {
    expect(wrapped("ab cdefgh i", (row) => row.length <= 4)).toEqual(["ab", "cdef", "gh i"]);
  });
});

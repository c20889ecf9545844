import { baseOf, winAnsi } from "./encoding";

export type Face = "regular" | "bold";

const digits = Array<number>(10).fill(556);
/** Widths of the letters from space to tilde in thousandths of the size, from Adobe's font metrics. */
const regular = [
  278,
  278,
  355,
  556,
  556,
  889,
  667,
  191,
  333,
  333,
  389,
  584,
  278,
  333,
  278,
  278,
  ...digits,
  278,
  278,
  584,
  584,
  584,
  556,
  1015,
  667,
  667,
  722,
  722,
  667,
  611,
  778,
  722,
  278,
  500,
  667,
  556,
  833,
  722,
  778,
  667,
  778,
  722,
  667,
  611,
  722,
  667,
  944,
  667,
  667,
  611,
  278,
  278,
  278,
  469,
  556,
  333,
  556,
  556,
  500,
  556,
  556,
  278,
  556,
  556,
  222,
  222,
  500,
  222,
  833,
  556,
  556,
  556,
  556,
  333,
  500,
  278,
  556,
  500,
  722,
  500,
  500,
  500,
  334,
  260,
  334,
  584,
];
const bold = [
  278,
  333,
  474,
  556,
  556,
  889,
  722,
  238,
  333,
  333,
  389,
  584,
  278,
  333,
  278,
  278,
  ...digits,
  333,
  333,
  584,
  584,
  584,
  611,
  975,
  722,
  722,
  722,
  722,
  667,
  611,
  778,
  722,
  278,
  556,
  722,
  611,
  833,
  722,
  778,
  667,
  778,
  722,
  667,
  611,
  722,
  667,
  944,
  667,
  667,
  611,
  333,
  278,
  333,
  584,
  556,
  333,
  556,
  611,
  556,
  611,
  556,
  333,
  611,
  611,
  278,
  278,
  556,
  278,
  889,
  611,
  611,
  611,
  611,
  389,
  556,
  333,
  611,
  556,
  778,
  556,
  556,
  500,
  389,
  280,
  389,
  584,
];
const others: Record<number, number> = {
  160: 278,
  215: 584,
  223: 611,
  150: 556,
  151: 1000,
  133: 1000,
  183: 278,
};
const usual = 556;

export function widthOf(text: string, face: Face, size: number): number {
  const widths = face === "bold" ? bold : regular;
  const sum = winAnsi(text).reduce((total, byte) => {
    const width = others[byte] ?? widths[baseOf(byte) - 0x20] ?? usual;
    return total + width;
  }, 0);
  return (sum * size) / 1000;
}

/** Breaks between words, and inside a word that is wider than the line. */
export function wrap(text: string, face: Face, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer, face, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = pieceOf(word, face, size, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

function pieceOf(word: string, face: Face, size: number, width: number): string[] {
  const pieces = [""];
  for (const letter of word) {
    const last = pieces.length - 1;
    const longer = `${pieces[last]}${letter}`;
    if (pieces[last] !== "" && widthOf(longer, face, size) > width) pieces.push(letter);
    else pieces[last] = longer;
  }
  return pieces;
}

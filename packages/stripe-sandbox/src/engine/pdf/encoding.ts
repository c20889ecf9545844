/** The letters of code page 1252 that are not where Latin-1 has them; PDF calls the encoding WinAnsi. */
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const special = new Map([...high].map((letter, at) => [letter, 0x80 + at]));
/** Letters without a counterpart that still have a reading. */
const readings: Record<string, string> = {
  "\u202f": "\u00a0",
  "\u2009": " ",
  "\u2011": "-",
  "\u2212": "-",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
  "₺": "TRY",
  "₹": "INR",
  "₩": "KRW",
  "₫": "VND",
  "₪": "ILS",
  "₱": "PHP",
  "₦": "NGN",
};

/** One byte for each letter; those the standard fonts cannot draw lose their accents or become a question mark. */
export function winAnsi(text: string): number[] {
  return [...text.normalize("NFC")].flatMap(bytesOf);
}

function bytesOf(letter: string): number[] {
  const code = letter.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff)) return [code];
  const known = special.get(letter);
  if (known !== undefined) return [known];
  const reading = readings[letter];
  if (reading !== undefined) return winAnsi(reading);
  const bare = letter.normalize("NFD").codePointAt(0) ?? 0;
  return bare >= 0x20 && bare <= 0x7e ? [bare] : [0x3f];
}

/** The base letter of an accented one, whose width it has. */
export function baseOf(byte: number): number {
  if (byte < 0x80) return byte;
  const letter = byte < 0xa0 ? ([...high][byte - 0x80] ?? "") : String.fromCharCode(byte);
  const base = letter.normalize("NFD").codePointAt(0) ?? byte;
  return base < 0x80 ? base : byte;
}

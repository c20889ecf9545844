import { readFileSync } from "node:fs";

export type Weight = 400 | 600;

type Script = "latin" | "latin-ext" | "greek" | "cyrillic";

const scripts: Script[] = ["latin", "latin-ext", "greek", "cyrillic"];

export const fontName = (script: Script, weight: Weight): string => `${script}-${weight}`;

let loaded: { name: string; bytes: Uint8Array }[] | undefined;

/** Read once, from beside this file or beside the bundle it has become a part of. */
export function fonts(): { name: string; bytes: Uint8Array }[] {
  loaded ??= scripts.flatMap((script) =>
    ([400, 600] as const).map((weight) => ({
      name: fontName(script, weight),
      bytes: readFileSync(new URL(`./fonts/noto-sans-${script}-${weight}-normal.woff`, import.meta.url)),
    })),
  );
  return loaded;
}

/** One font has the letters of one script only: a name such as Łukasz Müller needs two. */
export function scriptRuns(text: string): { script: Script; text: string }[] {
  const runs: { script: Script; text: string }[] = [];
  for (const sign of text.normalize("NFC")) {
    const known = scriptOf(sign);
    const shown = known ? sign : "?";
    const last = runs.at(-1);
    // What several fonts have does not end a run.
    const script = last && isShared(shown) ? last.script : (known ?? "latin");
    if (last?.script === script) last.text += shown;
    else runs.push({ script, text: shown });
  }
  return runs;
}

const isShared = (sign: string): boolean => sign === " ";

function scriptOf(sign: string): Script | null {
  const code = sign.codePointAt(0) ?? 0;
  if (within(code, 0x20, 0x7e) || within(code, 0xa0, 0xff) || latinToo.has(code)) return "latin";
  if (within(code, 0x2010, 0x2027) || within(code, 0x2030, 0x203a)) return "latin";
  if (within(code, 0x100, 0x24f) || within(code, 0x1e00, 0x1e9f) || within(code, 0x20a0, 0x20bf))
    return "latin-ext";
  if (within(code, 0x370, 0x3ff)) return "greek";
  return within(code, 0x400, 0x45f) || code === 0x2116 ? "cyrillic" : null;
}

const latinToo = new Set([0x131, 0x152, 0x153, 0x2c6, 0x2da, 0x2dc, 0x20ac, 0x2122, 0x2212]);
const within = (code: number, first: number, last: number): boolean => code >= first && code <= last;

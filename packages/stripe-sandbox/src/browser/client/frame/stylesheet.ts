import type { Appearance, FontSource } from "../frame-channel";
import { appearanceCss, variableOf } from "./appearance";

/** Constructed sheets need no `unsafe-inline` and can be replaced while the form is in use. */
export function createStylesheet(baseCss: string): (appearance: Appearance) => void {
  const base = new CSSStyleSheet();
  const theme = new CSSStyleSheet();
  base.replaceSync(baseCss);
  document.adoptedStyleSheets = [base, theme];
  return (appearance) => theme.replaceSync(appearanceCss(appearance));
}

export function isDark(appearance: Appearance): boolean {
  return isDarkColor(variableOf(appearance, "colorBackground"));
}

/** Any CSS colour, `oklch` included, is painted and read back. */
export function isDarkColor(color: string): boolean {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return false;
  context.fillStyle = "#ffffff";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
  return red * 0.299 + green * 0.587 + blue * 0.114 < 140;
}

export function loadFonts(fonts: readonly FontSource[]): void {
  for (const font of fonts) {
    if (font.cssSrc) addFontSheet(font.cssSrc);
    if (!font.family || !font.src) continue;
    const face = new FontFace(font.family, font.src, {
      style: font.style ?? "normal",
      weight: font.weight ?? "normal",
    });
    document.fonts.add(face);
    face.load().catch(() => console.warn(`The font ${font.family} could not be loaded.`));
  }
}

function addFontSheet(href: string): void {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

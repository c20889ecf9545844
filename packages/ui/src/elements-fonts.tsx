import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";

/** The page's typeface for Stripe's card fields, which live in a frame of their own and load it again. */
export function elementsFonts() {
  const src = `url("${new URL(latin, window.location.href).href}")`;
  return [{ family: "Inter", src, weight: "100 900", style: "normal" as const }];
}

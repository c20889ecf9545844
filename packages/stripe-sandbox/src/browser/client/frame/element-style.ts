import type { Appearance, ElementStyle, StyleVariant } from "../frame-channel";

const selectors: Record<keyof ElementStyle, string> = {
  base: ".Input",
  complete: ".Input--complete",
  empty: ".Input--empty",
  invalid: ".Input--invalid",
};

/** The `style` of the elements without labels, written as rules of the Appearance API. */
export function styledAppearance(appearance: Appearance, style: ElementStyle): Appearance {
  const variants = Object.entries(selectors).flatMap(([name, selector]) => {
    const variant = style[name as keyof ElementStyle];
    return variant ? rulesOf(selector, variant) : [];
  });
  return { ...appearance, rules: { ...appearance.rules, ...Object.fromEntries(variants) } };
}

function rulesOf(selector: string, variant: StyleVariant): [string, Record<string, string>][] {
  const states = Object.entries(variant).filter(([name]) => name.startsWith(":"));
  const { iconColor } = variant;
  return [
    [selector, declarations(variant)],
    ...(typeof iconColor === "string"
      ? [[`.Form:has(${selector}) .Adornment`, { color: iconColor }] as [string, Record<string, string>]]
      : []),
    ...states.map(([state, given]): [string, Record<string, string>] => [
      `${selector}${state}`,
      declarations(given as StyleVariant),
    ]),
  ];
}

function declarations(variant: StyleVariant): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variant)
      .filter(([name, value]) => name !== "iconColor" && ["string", "number"].includes(typeof value))
      .map(([name, value]) => [name === "fontSmoothing" ? "WebkitFontSmoothing" : name, String(value)]),
  );
}

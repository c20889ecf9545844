import type { Appearance } from "../frame-channel";

const shared = {
  fontFamily: '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontSizeBase: "16px",
  fontSizeSm: "0.9em",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  fontLineHeight: "1.5",
  borderRadius: "5px",
  spacingUnit: "4px",
  gridRowSpacing: "calc(var(--spacingUnit) * 3)",
  gridColumnSpacing: "calc(var(--spacingUnit) * 3)",
  accordionItemSpacing: "calc(var(--spacingUnit) * 2)",
  labelSpacing: "var(--spacingUnit)",
  labelFontSize: "var(--fontSizeSm)",
  labelFontWeight: "var(--fontWeightMedium)",
  labelColorText: "var(--colorText)",
  inputBoxShadow: "none",
  inputColorBorder: "color-mix(in srgb, var(--colorText) 45%, var(--colorBackground))",
  inputFocusColorBorder: "var(--colorPrimary)",
  inputFocusBoxShadow: "0 0 0 3px color-mix(in srgb, var(--colorPrimary) 25%, transparent)",
};

const light = {
  ...shared,
  colorPrimary: "#0570de",
  colorBackground: "#ffffff",
  colorText: "#30313d",
  colorTextSecondary: "#5f606a",
  colorTextPlaceholder: "#6d6e78",
  colorDanger: "#cd1a3c",
};

const themes: Record<string, Record<string, string>> = {
  stripe: light,
  flat: { ...light, colorBackground: "#f1f3f7", inputColorBorder: "transparent" },
  night: {
    ...shared,
    colorPrimary: "#4aa3ff",
    colorBackground: "#30313d",
    colorText: "#ffffff",
    colorTextSecondary: "#c0c1cc",
    colorTextPlaceholder: "#a9aab8",
    colorDanger: "#fe87a1",
  },
};

const safeSelector = /^[.\w\s:>+~,()-]+$/;
const safeName = /^[a-zA-Z-]+$/;
const unsafeValue = /[{}<>;@\\]|url\(|\/\*/i;

/** Custom properties for every variable, then the caller's rules. What could leave its declaration is dropped. */
export function appearanceCss(appearance: Appearance): string {
  const variables = { ...themeOf(appearance), ...appearance.variables };
  const properties = Object.entries(variables)
    .filter(([name, value]) => /^\w+$/.test(name) && isSafeValue(value))
    .map(([name, value]) => `--${name}:${value}`);
  const rules = Object.entries(appearance.rules ?? {})
    .filter(([selector]) => safeSelector.test(selector))
    .map(([selector, declarations]) => `${selector}{${declarationsCss(declarations)}}`);
  return [`:root{${properties.join(";")}}`, ...rules].join("\n");
}

export function variableOf(appearance: Appearance, name: string): string {
  return appearance.variables?.[name] ?? themeOf(appearance)[name] ?? "";
}

function themeOf(appearance: Appearance): Record<string, string> {
  return themes[appearance.theme ?? "stripe"] ?? light;
}

function declarationsCss(declarations: Record<string, string>): string {
  return Object.entries(declarations)
    .filter(([name, value]) => safeName.test(name) && isSafeValue(value))
    .map(([name, value]) => `${kebab(name)}:${value}`)
    .join(";");
}

function kebab(name: string): string {
  if (name.startsWith("--")) return name;
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function isSafeValue(value: unknown): boolean {
  return typeof value === "string" && !unsafeValue.test(value);
}

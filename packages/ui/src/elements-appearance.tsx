import { oklchToHex } from "./oklch";
import type { Theme } from "./theme";

export interface ElementsAppearance {
  theme: "flat";
  labels: "above";
  variables: Record<string, string>;
  rules: Record<string, Record<string, string>>;
}

/** The look of Stripe Elements in one theme, read from the same CSS variables as the page around them. */
export function elementsAppearance(theme: Theme): ElementsAppearance {
  const color = tokenReader(theme);
  const border = `1px solid ${color("--control-border")}`;
  return {
    theme: "flat",
    labels: "above",
    variables: {
      colorPrimary: color("--accent"),
      colorBackground: color("--raised"),
      colorText: color("--ink"),
      colorTextSecondary: color("--ink-quiet"),
      colorTextPlaceholder: color("--ink-quiet"),
      colorDanger: color("--danger"),
      colorSuccess: color("--success"),
      colorWarning: color("--warning"),
      fontFamily: "Inter, system-ui, sans-serif",
      fontSizeBase: "16px",
      borderRadius: "6px",
      spacingUnit: "4px",
      gridRowSpacing: "16px",
      gridColumnSpacing: "12px",
    },
    rules: {
      ".Label": { fontSize: "14px", fontWeight: "500", color: color("--ink"), marginBottom: "4px" },
      ".Input": { border, boxShadow: "none", padding: "9px 12px", backgroundColor: color("--raised") },
      ".Input:focus": {
        border,
        boxShadow: "none",
        outline: `2px solid ${color("--focus")}`,
        outlineOffset: "2px",
      },
      ".Input--invalid": {
        border: `1px solid ${color("--danger")}`,
        boxShadow: "none",
        color: color("--ink"),
      },
      ".Error": { fontSize: "14px", color: color("--danger") },
      ".Tab": { border, boxShadow: "none", backgroundColor: color("--raised") },
      ".Tab--selected": {
        border: `1px solid ${color("--accent")}`,
        boxShadow: "none",
        color: color("--ink"),
        backgroundColor: color("--accent-soft"),
      },
    },
  };
}

/** Reads through a probe so that a theme can be asked for before it is on the document. */
function tokenReader(theme: Theme): (name: string) => string {
  const probe = document.createElement("div");
  probe.dataset.theme = theme;
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const names = [
    "--control-border",
    "--accent",
    "--accent-soft",
    "--raised",
    "--ink",
    "--ink-quiet",
    "--danger",
    "--success",
    "--warning",
    "--focus",
  ];
  const colors = new Map(names.map((name) => [name, oklchToHex(style.getPropertyValue(name))]));
  probe.remove();
  return (name) => colors.get(name) ?? "";
}

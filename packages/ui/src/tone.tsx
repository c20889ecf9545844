export type Tone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

/** Soft fill and readable text of each tone, at equal lightness. */
export const toneClasses: Record<Tone, string> = {
  neutral: "bg-sunken text-quiet",
  accent: "bg-accent-soft text-accent-text",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  info: "bg-info-soft text-info",
};

export const toneText: Record<Tone, string> = {
  neutral: "text-quiet",
  accent: "text-accent-text",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  info: "text-info",
};

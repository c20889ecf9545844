/** Query strings a person can read and type: every parameter is plain text, empty ones are left out. */
export function parseSearchString(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearchString(params: Record<string, unknown>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") written.set(name, String(value));
  }
  const text = written.toString();
  return text === "" ? "" : `?${text}`;
}

/** A text parameter, absent when empty or not text. */
export function textParam(value: unknown, maxLength = 200): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.trim().slice(0, maxLength) || undefined;
}

export function choiceParam<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === value);
}

import { digitsOf } from "../card/card-format";
import { type CardField, isLongest, type Problem } from "../card/card-validation";
import type { CardFields } from "./card-fields";

export interface CardWatching {
  /** The fields that this form shows. */
  names: readonly (keyof CardFields)[];
  /** The last field here is filled; what is next may stand in another frame. */
  onFilled: () => void;
  problems: () => Problem[];
  refresh: () => void;
  onChange: () => void;
  messages: Record<string, string>;
}

const following: Partial<Record<keyof CardFields, CardField>> = { number: "expiry", expiry: "cvc" };

/** A problem appears when a field is left, or at once when all its characters are there; it goes while typing. */
export function watchCardFields(fields: CardFields, watching: CardWatching): void {
  const { names, problems, refresh, onChange, messages } = watching;
  for (const name of names) {
    const { input, setError } = fields[name];
    const problem = () => problems().find(({ field }) => field === name);
    input.addEventListener("input", () => {
      refresh();
      const found = problem();
      const unfinished = !found || found.code.startsWith("incomplete");
      setError(unfinished ? "" : (messages[found.code] ?? ""));
      const next = following[name];
      const done = !found && (name !== "number" || isLongest(digitsOf(input.value)));
      if (done && next && document.activeElement === input) {
        if (names.includes(next)) fields[next].input.focus();
        else watching.onFilled();
      }
      onChange();
    });
    input.addEventListener("blur", () => {
      const found = problem();
      if (found && input.value !== "") setError(messages[found.code] ?? "");
      onChange();
    });
  }
}

import { choiceParam, textParam } from "../../lib/search-string";

export interface DriftSearch {
  /** Absent means only what is not repaired. */
  show?: "all";
  run?: string;
  type?: string;
  before?: string;
  /** The difference whose sheet is open. */
  open?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const number = /^\d{1,18}$/;

export function driftSearch(params: Record<string, unknown>): DriftSearch {
  return {
    show: choiceParam(params.show, ["all"]),
    run: matching(uuid, params.run),
    type: textParam(params.type, 100),
    before: matching(number, params.before),
    open: matching(number, params.open),
  };
}

function matching(pattern: RegExp, value: unknown): string | undefined {
  const text = textParam(value);
  return text && pattern.test(text) ? text : undefined;
}

import type { Goal, Result } from "../measure";
import type { Workspace } from "../workspace";

/** One or more lines of the table that are measured together. */
export interface Row {
  goals: readonly Goal[];
  measure(workspace: Workspace): Promise<Result[]>;
}

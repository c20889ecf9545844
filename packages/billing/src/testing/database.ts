import { inject } from "vitest";
import { cloneDatabase, type TestDatabase } from "./template-database";

export type { TestDatabase };

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated, empty database that tests clone and never connect to. */
    templateUrl: string;
  }
}

/** A database of one test file's own: migrated, or empty. */
export const testDatabase = (kind: "migrated" | "empty" = "migrated"): Promise<TestDatabase> =>
  cloneDatabase(inject("templateUrl"), kind);

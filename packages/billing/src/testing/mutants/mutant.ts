export interface Edit {
  /** Below `src`. */
  file: string;
  find: string;
  replace: string;
  /** How often it is found; once, if nothing is said. */
  times?: number;
}

/** A build that is broken on purpose: a suite that does not fail on it proves nothing. */
export interface Mutant {
  id: string;
  fault: string;
  edits: Edit[];
  /** Its history needs a Stripe and somebody who pays. */
  needsStripe?: true;
  /** What is broken in the database, run before anything else. */
  sql?: string;
}

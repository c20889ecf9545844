/** A query that finds what breaks a rule; it answers the `id` of each. */
export interface Invariant {
  /** I01 to I29, with a letter where one rule takes several queries. */
  id: string;
  says: string;
  query: string;
  /** quiet: true when nothing is on its way. operating: of an installation that runs, with its recurring jobs. */
  when: "always" | "quiet" | "operating";
}

export const live = "status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused') AND ended_at IS NULL";

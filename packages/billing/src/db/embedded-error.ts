/** One sentence a person can act on; never a stack trace of PostgreSQL. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}

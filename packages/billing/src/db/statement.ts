import type pg from "pg";

type Connection = Pick<pg.Pool | pg.PoolClient, "query">;

/** A hot statement, prepared once per connection under its name; the name must be unique in the process. */
export function statement<Row extends pg.QueryResultRow>(name: string, text: string) {
  return async (connection: Connection, values: unknown[]): Promise<Row[]> => {
    const { rows } = await connection.query<Row>({ name, text, values });
    return rows;
  };
}

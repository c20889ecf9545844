import type { Parser } from "../http/params";
import type { TableName } from "../tables";
import type { OpenTx, Presenter, Read, Tx } from "../transaction";

export type Method = "GET" | "POST" | "DELETE";

export interface RouteInput<P> {
  tx: Tx;
  params: P;
  /** The ids in the path, in order. */
  ids: [string, ...string[]];
  /** A publishable key asks: it must show the client secret and sees a subset. */
  fromBrowser: boolean;
  /** What the caller wants expanded. */
  expand: string[];
}

/** A publishable key with a client secret, or the token of a meter session, instead of a secret key. */
export type Access = "secret" | "browser" | "meter_session";

export interface Route {
  method: Method;
  /** `:` stands for an id. */
  path: string;
  access: Access;
  prepare(raw: Parameters<Parser<unknown>>[0]): (input: Omit<RouteInput<unknown>, "params">) => unknown;
}

export function route<P>(
  method: Method,
  path: string,
  params: Parser<P>,
  run: (input: RouteInput<P>) => unknown,
  access: Access = "secret",
): Route {
  return {
    method,
    path,
    access,
    prepare(raw) {
      const values = params(raw, "");
      return (input) => run({ ...input, params: values });
    },
  };
}

/** Where an id in a field leads, or how a field left out by default is made. */
export type Expansion =
  | { tables: TableName[] }
  | { include: (read: Read, owner: Record<string, unknown>) => unknown };
export type TimerHandler = (tx: Tx, subject: string) => void;

export function ref(...tables: TableName[]): Expansion {
  return { tables };
}

/** What one kind of object brings to the sandbox. */
export interface Resource {
  routes?: Route[];
  presenters?: { [Name in TableName]?: Presenter };
  /** By object name, then by dotted path inside the object. */
  expansions?: Record<string, Record<string, Expansion>>;
  timers?: Record<string, TimerHandler>;
  /** What follows from a change, whoever made it; runs before the events of the commit are built. */
  derive?: (tx: OpenTx) => void;
}

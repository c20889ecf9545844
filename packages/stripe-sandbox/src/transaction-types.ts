import type { Change } from "./store";
import type { TableName, Tables } from "./tables";

export interface Read {
  get<Name extends TableName>(table: Name, id: string): Tables[Name] | undefined;
  by<Name extends TableName>(table: Name, field: string, value: unknown): Tables[Name][];
  newestFirst<Name extends TableName>(table: Name): Iterable<Tables[Name]>;
}

export interface Dunning {
  /** Days of the automatic retries after the first failed attempt. */
  retryDays: number[];
  /** What happens to the subscription when all of them failed. */
  subscription: "cancel" | "mark_unpaid" | "leave_past_due";
  invoice: "leave_open" | "mark_uncollectible";
}

export interface Settings {
  /** Where browsers reach the sandbox. */
  url: string;
  /** How long the bank takes: balance transactions, refund references, invoice_payment.paid. */
  settleDelayMs: number;
  account: { id: string; name: string; country: string };
  /** What the account does about payments that fail. */
  dunning: Dunning;
  /** How many days before a renewal it is announced. */
  upcomingDays: number;
  /** Ends the subscription whose payment the bank takes back. */
  cancelDisputed?: boolean;
  /** Refunds wait while the balance does not cover them. */
  refundsNeedFunds?: boolean;
}

export interface Emission {
  type: string;
  table: TableName;
  id: string;
  /** The connected account it happened in. */
  account: string | null;
  view?: ((row: object) => object) | undefined;
  /** The previous attributes, where they are not the difference of two states of the row. */
  previous?: object | undefined;
}

export type Presenter = (read: Read & { now: number }, row: object) => object;

/** Everything one request or timer changes; it happens whole or not at all. */
export interface Tx extends Read {
  /** Unix seconds on the clock that was entered: the sandbox's own, or a test clock. */
  readonly now: number;
  /** The test clock that was entered. */
  readonly clock: string | null;
  /** From here on, time is that of this test clock, or real time. */
  enter(clock: string | null): void;
  /** The connected account whose objects are seen and changed here; null is the platform. */
  readonly account: string | null;
  /** Does the work in another account, at real time: for money that goes from one to the other. */
  within<T>(account: string | null, work: () => T): T;
  readonly settings: Settings;
  need<Name extends TableName>(table: Name, id: string, param?: string): Tables[Name];
  put<Name extends TableName>(table: Name, row: Tables[Name]): Tables[Name];
  patch<Name extends TableName>(table: Name, id: string, changes: Partial<Tables[Name]>): Tables[Name];
  remove(table: TableName, id: string): void;
  /** The payload is built at commit, from the state at the end. One event per type and object. */
  emit(type: string, table: TableName, id: string, view?: (row: object) => object, previous?: object): void;
  schedule(delayMs: number, kind: string, subject: string): void;
  /** After the time the bank takes, which is real time even for objects of a test clock. */
  soon(kind: string, subject: string): void;
  unschedule(subject: string, kind?: string): void;
  /** Does the work, at this second if one is given, and takes everything back, events and timers too. */
  tryOut<T>(work: () => T, at?: number): T;
  /** Moves on inside a trial; its end takes the time back too. */
  goTo(at: number): void;
  /** As Stripe answers it: private fields off, computed fields on. */
  view(table: TableName, id: string): object;
}

export interface OpenTx extends Tx {
  readonly emissions: Emission[];
  /** The accounts something was done in. */
  readonly visited: ReadonlySet<string | null>;
  /** Nothing was changed and nothing is to be told. */
  readonly isUntouched: boolean;
  before(table: TableName, id: string): object | undefined;
  changes(): Change[];
  touched(table: TableName): boolean;
  newRows<Name extends TableName>(table: Name): Tables[Name][];
  rollback(): void;
}

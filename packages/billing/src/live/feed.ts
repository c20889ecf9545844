import { type Change, liveNouns } from "./schemas";

export type Listener = (change: Change) => void;

/** Changes as they are committed, by whichever process. */
export interface ChangeFeed {
  /** Once it resolves, the listener hears of every later commit, or that everything may have changed. */
  subscribe(listener: Listener): Promise<() => void>;
  close(): Promise<void>;
}

export const everythingChanged: Change = { customerId: "*", nouns: [...liveNouns] };

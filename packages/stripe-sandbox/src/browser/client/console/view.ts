/** One page of the console. */
export interface View {
  title: string;
  root: HTMLElement;
  /** Fetches and draws; again and again while it is shown. */
  load(): Promise<void>;
}

/** Does what was asked for, then shows the result or says why not. */
export type Act = (done: string, work: () => Promise<unknown>) => void;

/** At once and then every so often, never twice at the same time. */
export function repeating(everyMs: number, work: () => Promise<unknown>): { stop(): Promise<unknown> } {
  let current: Promise<unknown> | null = null;
  const start = () => {
    current ??= work().finally(() => {
      current = null;
    });
  };
  start();
  const timer = setInterval(start, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}

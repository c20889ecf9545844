const firstMs = 1_000;
const longestMs = 30_000;

/** Doubles up to half a minute; `chance` (0 to 1) spreads the browsers that lost the same server. */
export function reconnectDelay(failures: number, chance: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return full / 2 + (full / 2) * chance;
}

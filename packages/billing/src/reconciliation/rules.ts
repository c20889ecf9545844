/**
 * Stripe lists from the newest object to the oldest and never says how many there are. Half the way back in time is
 * taken for half of the work: null as long as there is no way behind us.
 */
export function secondsLeft(progress: {
  newestAt: Date | null;
  reachedAt: Date | null;
  /** Since when there can be objects: when the account was made. */
  oldestAt: Date;
  startedAt: Date | null;
  now: Date;
}): number | null {
  const { newestAt, reachedAt, oldestAt, startedAt, now } = progress;
  if (!newestAt || !reachedAt || !startedAt) return null;
  const behind = newestAt.getTime() - reachedAt.getTime();
  const ahead = Math.max(reachedAt.getTime() - oldestAt.getTime(), 0);
  if (behind <= 0) return null;
  const spent = now.getTime() - startedAt.getTime();
  return Math.round((spent * ahead) / behind / 1000);
}

/** Asks until the answer is not null, undefined or false. A sleep would be either too short or too long. */
export async function until<T>(
  what: string,
  question: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
}

/** Asks until the answer is truthy. Fails with the question, so that a timeout explains itself. */
export async function waitFor<T>(
  what: string,
  question: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** Asks again until the row is there; fails with the question after 30 seconds. */
export async function until<T>(what: string, question: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await question();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`waited 30 s for ${what}`);
    await new Promise((resume) => setTimeout(resume, 40));
  }
}

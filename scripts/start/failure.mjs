/** Something the person at the keyboard can mend: shown as one sentence, without a stack trace. */
export class Failure extends Error {}

/** Runs a command to its exit code and turns what it throws into a message. */
export async function runCommand(command) {
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? `\n✖ ${error.message}` : error);
    process.exitCode = 1;
  }
}

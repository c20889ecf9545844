import {
  EmbeddedPostgresError,
  ensureEmbeddedPostgres,
  removeEmbeddedPostgres,
  stopEmbeddedPostgres,
} from "./embedded";

/** `embedded-cli.ts ensure|stop|remove <dataDir> [port]`: one JSON line on success, one sentence on failure. */
const [command, dataDir, port] = process.argv.slice(2);

async function run(): Promise<unknown> {
  if (!dataDir) throw new EmbeddedPostgresError("usage: embedded-cli.ts ensure|stop|remove <dataDir> [port]");
  if (command === "ensure") {
    const { url, pid } = await ensureEmbeddedPostgres({ dataDir, port: Number(port ?? 0) });
    return { url, pid };
  }
  if (command === "stop") return { stopped: await stopEmbeddedPostgres(dataDir) };
  return { removed: await removeEmbeddedPostgres(dataDir) };
}

run().then(
  (answer) => console.log(JSON.stringify(answer)),
  (error: Error) => {
    console.error(error instanceof EmbeddedPostgresError ? error.message : error.stack);
    process.exitCode = 1;
  },
);

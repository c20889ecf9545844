import { setFlagsFromString } from "node:v8";
import { readEnv } from "./env";
import { createSandbox } from "./index";

// The state is most of the heap and lives long: left alone, V8 lets it grow to twice its size before it looks.
setFlagsFromString("--heap-growing-percent=30");

try {
  const { port, dataDir, forward } = readEnv(process.env);
  const sandbox = await createSandbox({ port, forward, ...(dataDir && { dataDir }) });
  console.log(JSON.stringify({ listening: sandbox.url }));
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

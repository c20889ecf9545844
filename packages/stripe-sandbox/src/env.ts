import type { ForwardTo } from "./index";

export interface Env {
  port: number;
  dataDir: string | undefined;
  forward: ForwardTo[];
}

/** All mistakes at once, so nobody fixes them one start at a time. */
export function readEnv(env: NodeJS.ProcessEnv): Env {
  const mistakes: string[] = [];
  const port = Number(env.SANDBOX_PORT ?? 12111);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    mistakes.push("SANDBOX_PORT must be a port number");
  const forward = (env.SANDBOX_FORWARD ?? "")
    .split(",")
    .filter(Boolean)
    .flatMap((entry) => {
      const at = entry.lastIndexOf("=");
      const [url, secret] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
      if (URL.canParse(url) && secret.startsWith("whsec_")) return { url, secret };
      mistakes.push(`SANDBOX_FORWARD: "${entry}" is not url=whsec_…`);
      return [];
    });
  if (mistakes.length > 0) throw new Error(`The sandbox cannot start:\n- ${mistakes.join("\n- ")}`);
  return { port, dataDir: env.SANDBOX_DATA_DIR || undefined, forward };
}

import type { Log } from "../context";

interface Answering {
  log: Log;
  basePath: string;
  /** The library answers many more than this product has; what is not named here does not exist. */
  paths: readonly string[];
  handle(request: Request): Promise<Response>;
}

const internalMessage = "Something went wrong on our side. Please try again.";

/** A refusal is worth a line in the log; a fault of ours is told there and nowhere else. */
export function answerOnly({
  log,
  basePath,
  paths,
  handle,
}: Answering): (request: Request) => Promise<Response> {
  const allowed = new Set(paths.map((path) => `${basePath}/${path}`));
  return async (request) => {
    const path = new URL(request.url).pathname;
    if (!allowed.has(path)) return problem(404, "NOT_FOUND", "There is nothing at this address.");
    try {
      const response = await handle(request);
      if (response.status >= 400) log.warn({ path, status: response.status }, "sign-in refused");
      return response;
    } catch (error) {
      log.error({ path, err: error }, "sign-in failed");
      return problem(500, "INTERNAL", internalMessage);
    }
  };
}

const problem = (status: number, code: string, message: string) =>
  Response.json({ code, message }, { status });

/** The library answers many more paths than this product has; what is not named here does not exist. */
export function onlyThesePaths(
  basePath: string,
  paths: readonly string[],
  handle: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  const allowed = new Set(paths.map((path) => `${basePath}/${path}`));
  return async (request) => {
    if (allowed.has(new URL(request.url).pathname)) return handle(request);
    return Response.json({ code: "NOT_FOUND", message: "There is nothing at this address." }, { status: 404 });
  };
}

import type { Route } from "../resources/resource";

export interface Match {
  route: Route;
  ids: [string, ...string[]];
}

export interface Router {
  match(method: string, path: string): Match | undefined;
}

/** A word in a route wins over an id in the same place. */
export function createRouter(routes: Route[]): Router {
  const shelves = new Map<string, { route: Route; parts: string[] }[]>();
  for (const route of routes) {
    const parts = route.path.split("/").slice(1);
    const shelf = shelves.get(placeOf(route.method, parts)) ?? [];
    shelf.push({ route, parts });
    shelf.sort((left, right) => left.parts.filter(isId).length - right.parts.filter(isId).length);
    shelves.set(placeOf(route.method, parts), shelf);
  }
  return {
    match(method, path) {
      const given = path.split("/").slice(1);
      const shelf = shelves.get(placeOf(method, given)) ?? [];
      const found = shelf.find(({ parts }) =>
        parts.every((part, at) => (isId(part) ? given[at] !== "" : part === given[at])),
      );
      if (!found) return undefined;
      const ids = given.filter((_, at) => isId(found.parts[at] ?? "")).map(decodeSegment);
      return { route: found.route, ids: [ids[0] ?? "", ...ids.slice(1)] };
    },
  };
}

/** No route has an id where its noun stands. */
function placeOf(method: string, parts: string[]): string {
  return `${method} ${parts[0]}/${parts[1]} ${parts.length}`;
}

function isId(part: string): boolean {
  return part === ":";
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

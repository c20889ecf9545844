import type { Rolldown } from "vite";

type ModuleGraph = Pick<Rolldown.ChunkingContext, "getModuleInfo">;

/** One chunk for all that the first page needs: a dozen small ones compress worse and cost a request each. */
export function firstPageChunk() {
  const known = new Map<string, boolean>();

  function isNeeded(id: string, graph: ModuleGraph): boolean {
    const answer = known.get(id);
    if (answer !== undefined) return answer;
    known.set(id, false);
    const info = graph.getModuleInfo(id);
    const needed =
      info !== null && (info.isEntry || info.importers.some((importer) => isNeeded(importer, graph)));
    known.set(id, needed);
    return needed;
  }

  return { name: (id: string, graph: ModuleGraph) => (isNeeded(id, graph) ? "first-page" : null) };
}

import type { inferRouterOutputs } from "@trpc/server";
import type { Client } from "./app";
import type { nounsRouter } from "./nouns-router";

type Outputs = inferRouterOutputs<typeof nounsRouter>;

/** Uses every procedure once, as the pages of an application do. */
export async function nounsPage(client: Client["nouns"]): Promise<string[]> {
  const { items } = await client.list.query({ limit: 20 });
  const first: Outputs["get"] = await client.get.query({ id: items[0]?.id ?? "" });
  const found = await client.search.query({ state: "open", words: first.name });
  const { amount, currency } = await client.total.query({ id: first.id });
  const { id, name } = await client.create.mutate({ ...first, price: { amount, currency } });
  const { changed } = await client.update.mutate({ id, name });
  const closed = await client.close.mutate({ id });
  const repriced = await client.reprice.mutate({ id, price: { amount: 1, currency: "eur" } });
  const labelled = await client.label.mutate({ ids: found.map((noun) => noun.id), label: closed.state });
  const { removed } = await client.remove.mutate({ id: repriced.id });
  return [...changed, removed, ...labelled.flatMap(({ labels }) => labels)];
}

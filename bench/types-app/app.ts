import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { initTRPC } from "@trpc/server";
import { nounsPage } from "./nouns-page";
import { nounsRouter } from "./nouns-router";

/** Every line that names the nouns is repeated for each of them. */
const t = initTRPC.context<{ actor: { id: string } | null }>().create();

const appRouter = t.router({
  nouns: nounsRouter,
});

export type Client = TRPCClient<typeof appRouter>;

const client: Client = createTRPCClient<typeof appRouter>({ links: [httpBatchLink({ url: "/trpc" })] });

await nounsPage(client.nouns);

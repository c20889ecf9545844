import type { CustomerRouter } from "@farebox/billing";
import { httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCQueryUtils, createTRPCReact } from "@trpc/react-query";
import { queryClient } from "./query-client";

const url = "/trpc/customer";

export const trpc = createTRPCReact<CustomerRouter>();

export const trpcClient = trpc.createClient({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url }),
      false: httpBatchLink({ url, maxItems: 10 }),
    }),
  ],
});

/** The same queries outside of components: route loaders and the live feed. */
export const queries = createTRPCQueryUtils({ queryClient, client: trpcClient });

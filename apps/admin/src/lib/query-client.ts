import { QueryCache, QueryClient } from "@tanstack/react-query";
import { failureOf, isSignedOut } from "./failure";

const worthRepeating = (error: unknown) => {
  const { lost, code } = failureOf(error);
  return lost || code === "INTERNAL_SERVER_ERROR" || code === "TOO_MANY_REQUESTS";
};

/**
 * Live changes keep the cache fresh, so a query is stale only after a minute. Money is never sent twice by itself, nor
 * kept back without a connection to go out later: what cannot be sent fails at once and says so.
 */
export function createQueryClient(onSignedOut: () => void) {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignedOut(error)) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 60_000,
        retry: (count, error) => count < 2 && worthRepeating(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut, isTransient } from "./failure";

/** tRPC's key of `session.get`, written out because the query cache exists before the client. */
export const sessionQueryKey = [["session", "get"]];

// An expired session shows in any query; asking for the session again is what leads to the sign-in page.
const queryCache = new QueryCache({
  onError(error, query) {
    if (!isSignedOut(error) || isSessionKey(query.queryKey)) return;
    void queryClient.invalidateQueries({ queryKey: sessionQueryKey });
  },
});

export const queryClient = new QueryClient({
  queryCache,
  // Without a connection a question or a purchase fails at once and says so; it is not kept back to go off later.
  defaultOptions: {
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && isTransient(error),
    },
  },
});

const isSessionKey = ([path]: readonly unknown[]) =>
  JSON.stringify(path) === JSON.stringify(sessionQueryKey[0]);

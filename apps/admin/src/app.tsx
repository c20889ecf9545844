import { LocaleProvider } from "@farebox/ui/locale";
import { Toaster } from "@farebox/ui/toast";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { createQueryClient } from "./lib/query-client";
import { createTrpcClient, trpc } from "./lib/trpc";
import { createConsoleRouter, goToSignIn } from "./router";

export function App() {
  const [router] = useState(createConsoleRouter);
  const [queryClient] = useState(() => createQueryClient(() => goToSignIn(router)));
  const [trpcClient] = useState(createTrpcClient);
  return (
    <LocaleProvider locale="en-GB">
      <trpc.Provider client={trpcClient} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toaster />
        </QueryClientProvider>
      </trpc.Provider>
    </LocaleProvider>
  );
}

import { LocaleProvider } from "@farebox/ui/locale";
import { applyTheme } from "@farebox/ui/theme";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readerLocale } from "./lib/locale";
import { queryClient } from "./lib/query-client";
import { trpc, trpcClient } from "./lib/trpc";
import { router } from "./router";
import "./styles.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

applyTheme();
createRoot(root).render(
  <StrictMode>
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <LocaleProvider locale={readerLocale(navigator.languages)}>
          <RouterProvider router={router} />
        </LocaleProvider>
      </QueryClientProvider>
    </trpc.Provider>
  </StrictMode>,
);

import { Toaster } from "@farebox/ui/toast";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createQueryClient } from "../lib/query-client";
import { trpc } from "../lib/trpc";
import { type Answers, answeringLink, type Call } from "./answering-link";

export function renderConsole(screen: ReactNode, answers: Answers) {
  const calls: Call[] = [];
  const client = trpc.createClient({ links: [answeringLink(answers, calls)] });
  const queryClient = createQueryClient(() => undefined);
  render(
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        {screen}
        <Toaster />
      </QueryClientProvider>
    </trpc.Provider>,
  );
  return { calls, user: userEvent.setup() };
}

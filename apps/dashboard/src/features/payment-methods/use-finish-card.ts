import { useFormatMoney } from "@farebox/ui/money";
import { toast } from "@farebox/ui/toast";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { queries, trpcClient } from "../../lib/trpc";
import { closeSetup, openSetup } from "./card-setup";
import { tellRetried } from "./tell-retried";

interface Finishing {
  customerId: string;
  /** Nothing was confirmed: back to the form. */
  goOn: () => void;
}

const said = {
  added: "The card was saved.",
  already_saved: "This card was saved already. We kept one.",
};

/** Asks what became of the form that was sent, as often as it takes: asking again changes nothing. */
export function useFinishCard({ customerId, goOn }: Finishing) {
  const navigate = useNavigate();
  const format = useFormatMoney();
  const told = useRef(false);
  // What an earlier try was answered says nothing of this one.
  const [attempt] = useState(() => crypto.randomUUID() as string);
  const query = useQuery({
    queryKey: ["finish-card", customerId, attempt],
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
    queryFn: () => {
      const setup = openSetup(customerId);
      return setup ? trpcClient.paymentMethods.finish.mutate(setup) : null;
    },
  });
  const { data } = query;
  useEffect(() => {
    if (data === undefined || told.current) return;
    told.current = true;
    if (data === null || data.status === "not_confirmed") return goOn();
    closeSetup(customerId);
    void queries.paymentMethods.invalidate();
    void queries.subscriptions.invalidate();
    void queries.invoices.invalidate();
    if (data.status !== "gone") toast.success(said[data.status]);
    tellRetried(data.retried, format);
    void navigate({ to: "/payment-methods", replace: true });
  }, [data, customerId, format, goOn, navigate]);
  return query;
}

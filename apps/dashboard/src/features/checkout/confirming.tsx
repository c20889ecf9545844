import { Button } from "@farebox/ui/button";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { trpc } from "../../lib/trpc";
import { Outcome } from "./outcome";

const longerThanUsualMs = 20_000;
const askAgainMs = 2_000;

const titles = {
  payment: "We are confirming your payment",
  setup: "We are confirming your card",
  plan: "We are starting your plan",
};

/** Waits for the database. The live feed brings the news; asking again covers the time in which it is down. */
export function Confirming({ what }: { what: keyof typeof titles }) {
  trpc.subscriptions.current.useQuery(undefined, { refetchInterval: askAgainMs });
  const long = useLongWait();
  return (
    <Outcome
      tone="waiting"
      title={titles[what]}
      actions={
        long ? (
          <Button asChild>
            <Link to="/">Go to the overview</Link>
          </Button>
        ) : null
      }
    >
      {long
        ? "This takes longer than usual. You do not need to do it again; the overview shows the plan as soon as it starts."
        : "This takes a few seconds. You can leave this page, your plan starts either way."}
    </Outcome>
  );
}

export function useLongWait(): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), longerThanUsualMs);
    return () => clearTimeout(timer);
  }, []);
  return long;
}

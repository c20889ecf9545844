import type { Currency, Interval, PlanView } from "@farebox/billing";
import { Badge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { cn } from "@farebox/ui/class-names";
import { Money } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { Check, Minus } from "lucide-react";
import { perInterval } from "../subscriptions/plan-sentence";
import { type PlanPrice, type PlanStanding, shownPrice } from "./rules";

interface PlanCardProps {
  plan: PlanView;
  standing: PlanStanding;
  choice: { interval: Interval; currency: Currency };
  /** Of all plans, so that each card also says what it does not have. */
  features: PlanView["features"];
  mayBuy: boolean;
}

export function PlanCard({ plan, standing, choice, features, mayBuy }: PlanCardProps) {
  const price = shownPrice(plan, choice.interval, choice.currency);
  const buyable = mayBuy && price !== null && (standing === "open" || standing === "waiting");
  return (
    <li
      aria-labelledby={`plan-${plan.id}`}
      className={cn(
        "flex flex-col rounded-lg border bg-raised p-6",
        standing === "current" ? "border-accent" : plan.highlighted && "border-control",
      )}
    >
      <div className="flex min-h-6 items-center justify-between gap-3">
        <h2 id={`plan-${plan.id}`} className="text-xl">
          {plan.name}
        </h2>
        {standing === "current" ? (
          <Badge tone="accent">Current plan</Badge>
        ) : plan.highlighted ? (
          <Badge>Recommended</Badge>
        ) : null}
      </div>
      <p className="mt-1 text-quiet text-sm">{plan.description}</p>
      <PriceTag price={price} />
      <p className="mt-1 min-h-5 text-quiet text-sm">{trialNote(plan, standing)}</p>
      <FeatureList all={features} included={plan.features} />
      {buyable ? (
        <div className="mt-auto pt-6">
          <Button asChild variant={plan.highlighted ? "primary" : "secondary"} className="w-full">
            <Link
              to="/checkout"
              search={{ plan: plan.id, interval: price.interval, currency: price.currency }}
            >
              {standing === "waiting" ? "Finish the payment" : `Choose ${plan.name}`}
            </Link>
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function trialNote({ trialDays }: PlanView, standing: PlanStanding): string {
  return trialDays > 0 && standing === "open" ? `First ${trialDays} days free` : "";
}

function PriceTag({ price }: { price: PlanPrice | null }) {
  if (!price) return <p className="mt-4 text-quiet">Not offered for this period.</p>;
  return (
    <p className="mt-4">
      <Money amount={price.amount} currency={price.currency} className="font-semibold text-3xl" />
      <span className="block min-h-5 text-quiet text-sm">
        {price.amount === 0 ? "" : perInterval(price.interval)}
      </span>
    </p>
  );
}

function FeatureList({ all, included }: { all: PlanView["features"]; included: PlanView["features"] }) {
  const ids = new Set(included.map(({ id }) => id));
  return (
    <ul className="mt-4 grid gap-2 border-t pt-4 text-sm">
      {all.map((feature) => {
        const has = ids.has(feature.id);
        const Icon = has ? Check : Minus;
        return (
          <li key={feature.id} className={cn("flex items-center gap-2", !has && "text-quiet")}>
            <Icon aria-hidden className={cn("size-4 shrink-0", has && "text-success")} />
            <span className="sr-only">{has ? "Included:" : "Not included:"}</span>
            {feature.name}
          </li>
        );
      })}
    </ul>
  );
}

import type { Interval, PlanView } from "@farebox/billing";
import { Card } from "@farebox/ui/card";
import { cn } from "@farebox/ui/class-names";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { TextLink } from "@farebox/ui/link";
import { Money } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { perInterval } from "../subscriptions/plan-sentence";
import type { DueToday } from "./due-today";
import type { CheckoutSearch } from "./search";

interface OrderSummaryProps {
  plan: PlanView;
  price: { amount: number; currency: string };
  search: CheckoutSearch;
  due: DueToday;
  className?: string;
}

const rhythm: Record<Interval, string> = { month: "Billed monthly", year: "Billed yearly" };

export function OrderSummary({ plan, price, search, due, className }: OrderSummaryProps) {
  const { interval, currency, seats = plan.seats?.minimum } = search;
  return (
    <Card aria-labelledby="order" className={cn("self-start p-6", className)}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="order" className="text-base">
          Your order
        </h2>
        <TextLink asChild className="text-sm">
          <Link to="/plans" search={{ interval, currency }}>
            Change
          </Link>
        </TextLink>
      </div>
      <DescriptionList className="mt-3 border-t">
        <Description
          end
          term={
            <>
              <span className="font-medium text-ink">{plan.name}</span>
              <span className="block text-sm">
                {price.amount === 0 ? "No card needed" : rhythm[interval]}
                {plan.seats ? `, ${seats} seats` : ""}
              </span>
            </>
          }
        >
          <Money {...price} />
        </Description>
        {due.later ? (
          <Description end term={`${plan.trialDays}-day free trial`}>
            <Money amount={-price.amount} currency={price.currency} />
          </Description>
        ) : null}
        <Description end strong term="Due today">
          <Money {...due.today} className="text-xl" />
        </Description>
      </DescriptionList>
      {due.later ? (
        <p className="text-quiet text-sm">
          Then <Money amount={due.later.amount} currency={due.later.currency} /> {perInterval(interval)} from{" "}
          <DateTime value={due.later.at} />.
        </p>
      ) : null}
      {plan.usage.length > 0 ? (
        <p className="text-quiet text-sm">Usage is billed at the end of each {interval}.</p>
      ) : null}
      {due.trialUsed ? (
        <p className="text-quiet text-sm">Your account has had its free trial, so the plan starts today.</p>
      ) : null}
    </Card>
  );
}

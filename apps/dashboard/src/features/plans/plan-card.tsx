import type { Currency, Interval, PlanView } from "@farebox/billing";
import { Badge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { cn } from "@farebox/ui/class-names";
import { useLocale } from "@farebox/ui/locale";
import { Money, useFormatMoney } from "@farebox/ui/money";
import { Link } from "@tanstack/react-router";
import { Check, Minus } from "lucide-react";
import { useState } from "react";
import { perInterval } from "../subscriptions/plan-sentence";
import { priceNotes } from "./price-notes";
import { type PlanPrice, type PlanStanding, shownPrice } from "./rules";
import { SeatCount } from "./seat-count";

interface PlanCardProps {
  plan: PlanView;
  standing: PlanStanding;
  choice: { interval: Interval; currency: Currency };
  /** Of all plans, so that each card also says what it does not have. */
  features: PlanView["features"];
  mayBuy: boolean;
  /** Of the plan that runs, while this is it. */
  heldSeats: number | undefined;
  /** Whether another interval than the one that runs is shown. */
  otherInterval: boolean;
  /** Opens the quote for this plan; null where there is nothing to change. */
  onChange: ((seats: number | undefined) => void) | null;
}

export function PlanCard(props: PlanCardProps) {
  const { plan, standing, choice, features, mayBuy, heldSeats, onChange } = props;
  const [seats, setSeats] = useState(plan.seats ? (heldSeats ?? plan.seats.minimum) : undefined);
  const price = shownPrice(plan, choice.interval, choice.currency, seats);
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
      <PriceTag price={price} seats={seats} />
      <PriceNotes plan={plan} choice={choice} />
      <p className="mt-1 min-h-5 text-quiet text-sm">{trialNote(plan, standing)}</p>
      {plan.seats && (buyable || onChange) ? (
        <SeatCount seats={plan.seats} planName={plan.name} held={heldSeats} onChange={setSeats} />
      ) : null}
      <FeatureList all={features} included={plan.features} />
      {buyable ? (
        <div className="mt-auto pt-6">
          <Button asChild variant={plan.highlighted ? "primary" : "secondary"} className="w-full">
            <Link
              to="/checkout"
              search={{ plan: plan.id, interval: price.interval, currency: price.currency, seats }}
            >
              {standing === "waiting" ? "Finish the payment" : `Choose ${plan.name}`}
            </Link>
          </Button>
        </div>
      ) : onChange && price ? (
        <ChangeButton {...props} interval={price.interval} seats={seats} onChange={onChange} />
      ) : null}
    </li>
  );
}

interface ChangeButtonProps extends Omit<PlanCardProps, "onChange"> {
  interval: Interval;
  seats: number | undefined;
  onChange: NonNullable<PlanCardProps["onChange"]>;
}

function ChangeButton(props: ChangeButtonProps) {
  const { plan, standing, interval, seats, heldSeats, otherInterval, onChange } = props;
  const label =
    standing === "change"
      ? `Change to ${plan.name}`
      : otherInterval
        ? interval === "year"
          ? "Pay yearly"
          : "Pay monthly"
        : `Change to ${seats} ${seats === 1 ? "seat" : "seats"}`;
  return (
    <div className="mt-auto pt-6">
      <Button
        variant={plan.highlighted && standing === "change" ? "primary" : "secondary"}
        className="w-full"
        disabled={standing === "current" && !otherInterval && seats === heldSeats}
        onClick={() => onChange(seats)}
      >
        {label}
      </Button>
    </div>
  );
}

function trialNote({ trialDays, trialCard }: PlanView, standing: PlanStanding): string {
  if (trialDays === 0 || standing !== "open") return "";
  return trialCard === "later"
    ? `First ${trialDays} days free, no card needed`
    : `First ${trialDays} days free`;
}

function PriceNotes({ plan, choice }: Pick<PlanCardProps, "plan" | "choice">) {
  const money = useFormatMoney();
  const { locale } = useLocale();
  const count = (quantity: number) => new Intl.NumberFormat(locale).format(quantity);
  const notes = priceNotes(plan, choice, { money, count });
  if (notes.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-1 text-quiet text-sm">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function PriceTag({ price, seats }: { price: PlanPrice | null; seats: number | undefined }) {
  if (!price) return <p className="mt-4 text-quiet">Not offered for this period.</p>;
  return (
    <p className="mt-4">
      <Money amount={price.amount} currency={price.currency} className="font-semibold text-3xl" />
      <span className="block min-h-5 text-quiet text-sm">
        {price.amount === 0 ? "" : perInterval(price.interval)}
        {seats === undefined ? "" : ` for ${seats} ${seats === 1 ? "seat" : "seats"}`}
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

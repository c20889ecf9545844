import type { Currency, Interval, PlanView } from "@farebox/billing";
import { currencies } from "@farebox/billing/schemas";
import { Segmented } from "@farebox/ui/segmented";
import { getRouteApi } from "@tanstack/react-router";
import { yearlySaving } from "./rules";

const route = getRouteApi("/signed-in/plans");

interface PriceChoiceProps {
  plans: readonly PlanView[];
  choice: { interval: Interval; currency: Currency; currencyLocked: boolean };
}

/** Lives in the address, so that a price can be linked to and survives a reload. */
export function PriceChoice({ plans, choice }: PriceChoiceProps) {
  const navigate = route.useNavigate();
  const { interval, currency, currencyLocked } = choice;
  const saving = yearlySaving(plans, currency);
  const change = (part: { interval?: Interval; currency?: Currency }) =>
    void navigate({ search: { interval, currency, ...part }, replace: true, resetScroll: false });
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
      <Segmented
        label="Billing period"
        value={interval}
        onChange={(chosen) => change({ interval: chosen })}
        options={[
          { value: "month", label: "Monthly" },
          {
            value: "year",
            label: (
              <>Yearly {saving > 0 ? <span className="text-success text-xs">save {saving}%</span> : null}</>
            ),
          },
        ]}
      />
      {currencyLocked ? (
        <p className="text-quiet text-sm">Your account pays in {currency.toUpperCase()}.</p>
      ) : (
        <Segmented
          label="Currency"
          value={currency}
          onChange={(chosen) => change({ currency: chosen })}
          options={currencies.map((code) => ({ value: code, label: code.toUpperCase() }))}
        />
      )}
    </div>
  );
}

import type { ChangeQuote } from "@farebox/billing";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";
import { Check, Minus } from "lucide-react";
import { useSay } from "../subscriptions/use-say";
import { lineText, quoteSentence } from "./quote-text";

/** The arithmetic as Stripe has it, down to what is due today. */
export function QuoteView({ quote }: { quote: ChangeQuote }) {
  const say = useSay();
  const { currency, discount, tax, balance, dueNow, next } = quote;
  return (
    <div className="grid gap-5">
      <p>{quoteSentence(quote, say)}</p>
      <FeatureChanges quote={quote} />
      <DescriptionList className="border-t text-sm">
        {quote.lines.map((line, index) => (
          <Description key={`${line.kind}-${line.description}`} term={lineText(quote, index)} end>
            <Money amount={line.amount} currency={currency} />
          </Description>
        ))}
        {discount > 0 ? (
          <Description term="Discount" end>
            <Money amount={-discount} currency={currency} />
          </Description>
        ) : null}
        {tax > 0 ? (
          <Description term="Tax" end>
            <Money amount={tax} currency={currency} />
          </Description>
        ) : null}
        {balance !== 0 ? (
          <Description term={balance < 0 ? "Paid from your credit" : "Owed from before"} end>
            <Money amount={balance} currency={currency} />
          </Description>
        ) : null}
        <Description term="Due today" end strong>
          <Money amount={dueNow} currency={currency} />
        </Description>
        <Description
          term={
            next.at ? (
              <>
                Next invoice, <DateTime value={next.at} />
              </>
            ) : (
              "Next invoice"
            )
          }
          end
        >
          <Money amount={next.total} currency={currency} />
        </Description>
      </DescriptionList>
    </div>
  );
}

function FeatureChanges({ quote: { gained, lost, to } }: { quote: ChangeQuote }) {
  if (gained.length + lost.length === 0) return null;
  return (
    <ul aria-label={`What changes with ${to.planName}`} className="grid gap-1 text-sm">
      {gained.map(({ id, name }) => (
        <li key={id} className="flex items-center gap-2">
          <Check aria-hidden className="size-4 shrink-0 text-success" />
          <span>
            You get <span className="font-medium">{name}</span>
          </span>
        </li>
      ))}
      {lost.map(({ id, name }) => (
        <li key={id} className="flex items-center gap-2">
          <Minus aria-hidden className="size-4 shrink-0 text-danger" />
          <span>
            You lose <span className="font-medium">{name}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

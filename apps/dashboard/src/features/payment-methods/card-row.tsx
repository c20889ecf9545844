import type { CardView } from "@farebox/billing";
import { Badge, StatusBadge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { CalendarClock } from "lucide-react";
import { CardBrand } from "./brand-mark";
import { cardExpiry, cardName } from "./card-text";
import { expiryNote } from "./expiry-text";

interface CardRowProps {
  card: CardView;
  mayChange: boolean;
  onMakeDefault: () => void;
  onRemove: () => void;
}

export function CardRow({ card, mayChange, onMakeDefault, onRemove }: CardRowProps) {
  const { expMonth, expYear } = card;
  const note = expiryNote(card);
  const name = cardName(card);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-6 py-4">
      <CardBrand brand={card.brand} />
      <div className="min-w-40 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-medium text-base tabular-nums">{name}</h2>
          {card.isDefault ? <Badge tone="accent">Default</Badge> : null}
          {note ? <StatusBadge tone={note.tone} icon={CalendarClock} label={note.text} /> : null}
        </div>
        {expMonth !== null && expYear !== null ? (
          <p className="mt-0.5 text-quiet text-sm tabular-nums">
            Good until {cardExpiry({ expMonth, expYear })}
          </p>
        ) : null}
      </div>
      {mayChange ? (
        <div className="flex gap-2 max-sm:w-full max-sm:pl-16">
          {card.isDefault ? null : (
            <Button size="sm" onClick={onMakeDefault}>
              Make default<span className="sr-only">: {name}</span>
            </Button>
          )}
          <Button size="sm" variant="ghost" onClick={onRemove}>
            Remove<span className="sr-only"> {name}</span>
          </Button>
        </div>
      ) : null}
    </li>
  );
}

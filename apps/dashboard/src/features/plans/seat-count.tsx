import type { SeatsView } from "@farebox/billing";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useState } from "react";

interface SeatCountProps {
  seats: SeatsView;
  planName: string;
  /** What there is already. */
  held?: number | undefined;
  onChange: (count: number) => void;
}

/** What is typed stays as it is while it is no number of seats that can be bought; leaving the field puts it right. */
export function SeatCount({ seats: { minimum, maximum }, planName, held, onChange }: SeatCountProps) {
  const [text, setText] = useState(String(held ?? minimum));
  const clamp = (count: number) =>
    Math.min(maximum ?? count, Math.max(minimum, Math.trunc(count) || minimum));

  function take(typed: string) {
    setText(typed);
    const count = Number(typed);
    if (Number.isSafeInteger(count) && clamp(count) === count) onChange(count);
  }

  function putRight() {
    const count = clamp(Number(text));
    setText(String(count));
    onChange(count);
  }

  return (
    <Field
      className="mt-4 grid-cols-[auto_6rem] items-center gap-x-3"
      label={
        <>
          Seats<span className="sr-only"> of {planName}</span>
        </>
      }
    >
      <Input
        type="number"
        inputMode="numeric"
        min={minimum}
        max={maximum ?? undefined}
        value={text}
        onChange={(event) => take(event.target.value)}
        onBlur={putRight}
      />
    </Field>
  );
}

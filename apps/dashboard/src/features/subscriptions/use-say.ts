import { useDateText } from "@farebox/ui/date-time";
import { useFormatMoney } from "@farebox/ui/money";
import type { Say } from "./plan-sentence";

export function useSay(): Say {
  const money = useFormatMoney();
  const date = useDateText();
  return { money: (amount, currency) => money(amount, currency), date: (at) => date(at), now: Date.now() };
}

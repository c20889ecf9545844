export interface Grant {
  id: string;
  balance: number;
  priority: number;
  category: string;
  effective: number;
  expires: number | null;
  created: number;
  /** Null is for all metered prices. */
  prices: string[] | null;
}

export interface CreditableLine {
  id: string;
  /** After discounts, before taxes. */
  amount: number;
  price: string;
}

export interface Use {
  line: string;
  grant: string;
  amount: number;
}

/** Lowest priority number, first to expire, given away before paid for, first to be effective, oldest. */
export function inOrder(grants: Grant[]): Grant[] {
  const key = (grant: Grant) => [
    grant.priority,
    grant.expires ?? Number.POSITIVE_INFINITY,
    grant.category === "promotional" ? 0 : 1,
    grant.effective,
    grant.created,
  ];
  return [...grants].sort((left, right) => {
    const [mine, other] = [key(left), key(right)];
    const at = mine.findIndex((value, position) => value !== other[position]);
    return at < 0 ? 0 : Number(mine[at]) - Number(other[at]);
  });
}

/** Each grant is spent whole on what it applies to before the next one is touched. */
export function useCredits(lines: CreditableLine[], grants: Grant[]): Use[] {
  const left = new Map(lines.map((line) => [line.id, Math.max(0, line.amount)]));
  return inOrder(grants).flatMap((grant) => {
    let { balance } = grant;
    return lines.flatMap((line) => {
      if (grant.prices && !grant.prices.includes(line.price)) return [];
      const amount = Math.min(balance, left.get(line.id) ?? 0);
      if (amount <= 0) return [];
      balance -= amount;
      left.set(line.id, (left.get(line.id) ?? 0) - amount);
      return [{ line: line.id, grant: grant.id, amount }];
    });
  });
}

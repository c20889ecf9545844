/** "past_due" and "amountRefunded" as people write them: "past due", "amount refunded". */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_.-]+/g, " ")
    .toLowerCase()
    .trim();
}

export const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

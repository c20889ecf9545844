/** Runs of 13 to 19 digits, also in groups of four, that pass the Luhn check and begin like a card of a network. */
export function findCardNumbers(text: string): string[] {
  const runs = text.match(/(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])/g) ?? [];
  return runs.filter((run) => {
    const digits = run.replace(/[ -]/g, "");
    return /^(4|5[1-5]|2[2-7]|3[47]|6)/.test(digits) && passesLuhn(digits);
  });
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

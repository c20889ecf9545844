import type { CardBrand } from "../card/card-brand";

const width = 34;
const height = 22;

const marks: Record<string, string> = {
  visa: word("#1434cb", "#ffffff", "VISA", 11),
  mastercard:
    '<rect width="34" height="22" rx="3" fill="#16171d"/><circle cx="13.5" cy="11" r="6.5" fill="#eb001b"/><circle cx="20.5" cy="11" r="6.5" fill="#f79e1b"/><path d="M17 5.5a6.5 6.5 0 0 1 0 11 6.5 6.5 0 0 1 0-11z" fill="#ff5f00"/>',
  amex: word("#016fd0", "#ffffff", "AMEX", 9),
  discover: word("#ffffff", "#20222b", "DISC", 9, '<circle cx="28" cy="17" r="3" fill="#f27712"/>'),
  diners: word("#0a4a7d", "#ffffff", "DC", 11),
  jcb: word("#0b7a3b", "#ffffff", "JCB", 10),
  unionpay: word("#00595f", "#ffffff", "UP", 11),
  unknown:
    '<rect x=".75" y=".75" width="32.5" height="20.5" rx="3" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M1 6.5h32" stroke="currentColor" stroke-width="3"/><path d="M5 15.5h8" stroke="currentColor" stroke-width="1.5"/>',
};

function word(background: string, color: string, text: string, size: number, extra = ""): string {
  const plate = `<rect x=".5" y=".5" width="33" height="21" rx="3" fill="${background}" stroke="#0002"/>`;
  const label = `<text x="17" y="${11 + size * 0.36}" text-anchor="middle" font-family="Arial,sans-serif" font-weight="700" font-size="${size}" fill="${color}">${text}</text>`;
  return plate + label + extra;
}

export function brandIcon(brand: CardBrand): HTMLElement {
  const icon = document.createElement("span");
  icon.className = `CardBrandIcon CardBrandIcon--${brand.name}`;
  icon.setAttribute("role", "img");
  icon.setAttribute("aria-label", brand.label);
  icon.innerHTML = `<svg aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${marks[brand.name] ?? marks.unknown}</svg>`;
  return icon;
}

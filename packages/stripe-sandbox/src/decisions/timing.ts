const hourMs = 60 * 60 * 1000;

/** Stripe chooses the days of its eight attempts by itself; here they are every other day of two weeks. */
export function retryDays(): number[] {
  return [1, 3, 5, 7, 9, 11, 13];
}

/** How long before a renewal `invoice.upcoming` announces it; an account of Stripe chooses among a few. */
export function upcomingNoticeDays(): number {
  return 7;
}

/** The last invoice of a subscription that ends is a draft for an hour, as any that nobody waits for. */
export function lastInvoiceWaits(): boolean {
  return true;
}

/** Test clocks are kept as long as the API's examples say, not as long as the Dashboard does. */
export function clockLifetimeMs(): number {
  return 7 * 24 * hourMs;
}

export function clockLimits() {
  return { customers: 3, subscriptionsOfEach: 3 };
}

/** After an answer that is not 2xx, or none in time, a webhook is sent again: five times within six minutes. */
export function deliveryRetriesMs(): number[] {
  return [500, 2000, 10_000, 60_000, 300_000];
}

export function deliveryTimeoutMs(): number {
  return 10_000;
}

/** A dispute wants an answer in two weeks; an inquiry closes by itself in four months. */
export function disputeDays() {
  return { answer: 14, inquiry: 120 };
}

/** How long what a form is given can be used. */
export function formLifetimes() {
  return { confirmationTokenSeconds: 12 * 60 * 60, customerSessionSeconds: 30 * 60 };
}

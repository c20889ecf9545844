/** What tells that a subscription is paused: its own event, and that its status changed. */
export function eventsOfPause(): string[] {
  return ["customer.subscription.paused", "customer.subscription.updated"];
}

export function eventsOfResumption(): string[] {
  return ["customer.subscription.resumed", "customer.subscription.updated"];
}

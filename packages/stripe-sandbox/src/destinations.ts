import type { StripeEvent } from "./tables";
import type { Read } from "./transaction";

export interface Destination {
  id: string;
  url: string;
  secret: string;
  enabledEvents: string[];
}

export function destinations(read: Read): Destination[] {
  const endpoints = [...read.newestFirst("webhook_endpoints")].reverse();
  const enabled = endpoints.filter((endpoint) => endpoint.status === "enabled");
  return [
    ...[...read.newestFirst("listeners")].reverse(),
    ...enabled.map(({ id, url, secret = "", enabled_events: enabledEvents }) => ({
      id,
      url,
      secret,
      enabledEvents,
    })),
  ];
}

export function destinationsFor(read: Read, event: StripeEvent): Destination[] {
  return destinations(read).filter(({ enabledEvents }) =>
    enabledEvents.some((name) => name === "*" || name === event.type),
  );
}

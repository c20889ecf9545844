import { createPlan, type DeliveryMode, type DeliveryModeOptions } from "./deliveries/plan";
import type { ReleaseOptions } from "./deliveries/release";
import { resendEvent } from "./deliveries/resend";
import { rollSecret } from "./deliveries/roll-secret";
import type { Cause } from "./events";
import type { Calls } from "./http/calls";
import { type CheckoutCompletion, type CheckoutResult, completeCheckout } from "./http/complete-checkout";
import { invalid } from "./http/errors";
import type { FaultGiven } from "./http/fault-given";
import type { Faults } from "./http/faults";
import { actInPortal } from "./http/portal-session";
import { discountCustomer } from "./resources/discounts/on-customer";
import { openAppeal, preventDispute } from "./resources/disputes/appeal";
import type { Acted } from "./resources/portal/act";
import { askForDetails } from "./resources/refunds/settle";
import { searchLag } from "./resources/search";
import type { TableName } from "./tables";
import { byTime, type World } from "./world";

/** What Stripe's API does not offer: for tests in the same process, for programs by HTTP, and for the console. */
export interface Controls {
  /** Forgets everything but where webhooks are forwarded to. */
  reset(): void;
  /** Moves the clock of the sandbox; every timer on the way fires at its own moment. */
  advance(seconds: number): void;
  /** Makes matching requests fail or wait; answers its number. */
  fault(fault: FaultGiven): number;
  clearFaults(): void;
  /** For deliveries from now on. Held ones go, unless `hold` is among the modes. */
  deliveryMode(modes: DeliveryMode | DeliveryMode[], options?: DeliveryModeOptions): void;
  /** Lets held deliveries go, while new ones are still held; with an order, one after the other. */
  release(options?: ReleaseOptions): void;
  /** Delivers an event again, to one endpoint (id or address) or to all that want it. Answers to how many. */
  resend(event: string, endpoint?: string): number;
  /** A new signing secret; the old one signs too for a while, 24 hours if nothing else is said. */
  rollSecret(endpoint: string, oldSeconds?: number): string;
  /** How many seconds new objects stay invisible to search. */
  searchLag(seconds: number): void;
  /** The refund waits for the customer to say where the money goes, as with some bank methods. */
  askForRefundDetails(refund: string): void;
  /** What the customer does on the checkout page: pays, with a card that works if none is named. */
  completeCheckout(session: string, given?: CheckoutCompletion): CheckoutResult;
  /** The network ends an open dispute before it is decided. */
  preventDispute(dispute: string): void;
  /** A lost dispute waits for what its appeal has to say. */
  appealDispute(dispute: string): void;
  /** A discount on a customer, as the Dashboard can give one. */
  discountCustomer(customer: string, given: { coupon?: string; promotion_code?: string }): void;
  /** What a customer does in a session of the customer portal, without a browser. */
  portal(session: string, action: string, params?: object): Acted;
  /** Keeps the whole state under a name, which it answers. */
  snapshot(name?: string): string;
  /** Back to it, at the time it was taken. Forwarding stays as it is now. */
  restore(name: string): void;
}

const mostSeconds = 1e9;

export function createControls({
  world,
  calls,
  faults,
}: {
  world: World;
  calls: Calls;
  faults: Faults;
}): Controls {
  return {
    reset() {
      world.reset();
      calls.clear();
      faults.clear();
    },
    advance(seconds) {
      if (!(seconds >= 0 && seconds < mostSeconds))
        throw invalid("seconds is a number from 0 to 1000000000.", undefined, "seconds");
      world.advance(seconds * 1000);
    },
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    deliveryMode: (modes, options) => world.planDeliveries(createPlan([modes].flat(), options)),
    release: (options) => world.deliveries.release(options),
    resend(event, endpoint) {
      const account = world.store.holder(["events", "thin_events"], event);
      return world.transact({ ...byTime, account }, (tx) =>
        resendEvent(tx, event, endpoint, world.clock.nowMs()),
      );
    },
    rollSecret: (endpoint, oldSeconds) =>
      world.transact(
        { ...byTime, account: world.store.holder(["webhook_endpoints", "event_destinations"], endpoint) },
        (tx) => rollSecret(tx, endpoint, oldSeconds),
      ),
    searchLag: (seconds) => setSearchLag(world, seconds),
    askForRefundDetails: (refund) =>
      world.transact(causeAt(world, "refunds", refund), (tx) => askForDetails(tx, refund)),
    completeCheckout: (session, given) => completeCheckout(world, session, given),
    preventDispute: (dispute) =>
      world.transact(causeAt(world, "disputes", dispute), (tx) => preventDispute(tx, dispute)),
    appealDispute: (dispute) =>
      world.transact(causeAt(world, "disputes", dispute), (tx) => openAppeal(tx, dispute)),
    discountCustomer(customer, given) {
      world.transact(byTime, (tx) => discountCustomer(tx, customer, given));
    },
    portal: (session, action, params = {}) => actInPortal(world, session, action, params),
    snapshot(name = `state_${world.snapshots.names().length + 1}`) {
      world.snapshots.take(name, world.clock.nowMs());
      return name;
    },
    restore: (name) => world.restore(name),
  };
}

/** Where the object is: on the platform or in a connected account. */
function causeAt(world: World, table: TableName, id: string): Cause {
  return { ...byTime, account: world.store.holder([table], id) };
}

function setSearchLag(world: World, seconds: number): void {
  if (!(seconds >= 0)) throw invalid("seconds is a number from 0 on.", undefined, "seconds");
  world.transact(byTime, (tx) => tx.put("settings", { id: searchLag, value: seconds }));
}

import type Stripe from "stripe";
import type { Billing, MemberActor, StaffActor } from "../../context";
import { adminRouter } from "../../trpc/admin-router";
import { customerRouter } from "../../trpc/customer-router";
import { payAs } from "../pay-as";
import type { World } from "./world";

/** What a history has made so far, in the order in which it was made. */
export interface Known {
  people: Person[];
  customers: string[];
  secrets: string[];
  subscriptions: string[];
  invoices: string[];
  payments: string[];
  cards: string[];
  prices: string[];
  coupons: string[];
  codes: string[];
  schedules: string[];
  sessions: string[];
  grants: string[];
  clocks: string[];
}

type CustomerCaller = ReturnType<typeof customerRouter.createCaller>;
type AdminCaller = ReturnType<typeof adminRouter.createCaller>;

export interface Person {
  customerId: string;
  caller: CustomerCaller;
}

export type Numbers = readonly [number, number, number];

/** One thing that somebody does; the numbers choose to whom and how, among what there is by then. */
export interface Moment {
  world: World;
  stripe: Stripe;
  known: Known;
  numbers: Numbers;
  uuid(): string;
  /** One of several, by a number of the step. */
  one<T>(values: readonly T[], at?: 0 | 1 | 2): T;
  /** Goes on while other things happen; people do not wait for each other. */
  meanwhile(work: Promise<unknown>): void;
}

export type Act = (moment: Moment) => Promise<unknown>;

export class NothingYet extends Error {}

export const nobody = (): Known => ({
  people: [],
  customers: [],
  secrets: [],
  subscriptions: [],
  invoices: [],
  payments: [],
  cards: [],
  prices: [],
  coupons: [],
  codes: [],
  schedules: [],
  sessions: [],
  grants: [],
  clocks: [],
});

export function chooser(numbers: Numbers) {
  return <T>(values: readonly T[], at: 0 | 1 | 2 = 0): T => {
    const value = values[numbers[at] % values.length];
    if (value === undefined) throw new NothingYet();
    return value;
  };
}

const request = (billing: Billing) => ({ ...billing, requestId: "campaign", ip: null });

export function memberCaller(billing: Billing, customerId: string): CustomerCaller {
  const actor: MemberActor = {
    kind: "member",
    id: `member-${customerId}`,
    name: "Ada",
    email: `${customerId}@customer.example`,
    customerId,
    role: "owner",
  };
  return customerRouter.createCaller({ ...request(billing), actor });
}

export function staffCaller(billing: Billing): AdminCaller {
  const actor: StaffActor = {
    kind: "staff",
    id: "staff-1",
    name: "Grace",
    email: "grace@farebox.example",
    role: "finance",
  };
  return adminRouter.createCaller({ ...request(billing), actor });
}

export const browser = ({ sandbox }: World) => ({
  pay: (clientSecret: string, paymentMethod: string, challenge?: "complete" | "fail") =>
    payAs({ sandboxUrl: sandbox.url, clientSecret, paymentMethod, challenge }),
});

import { z } from "zod";
import { cancelReasons } from "./cancel-reasons";

/** `operationId` is made when the question is asked and sent with each try, so that a retry is the same answer. */
export const ChangeInput = z.object({ operationId: z.uuid() });
export type ChangeInput = z.infer<typeof ChangeInput>;

export const CancelSubscriptionInput = ChangeInput.extend({
  when: z.enum(["period_end", "now"]),
  reason: z.enum(cancelReasons).nullish(),
  comment: z.string().trim().max(1_000).nullish(),
});
export type CancelSubscriptionInput = z.infer<typeof CancelSubscriptionInput>;

export const PauseSubscriptionInput = ChangeInput.extend({ months: z.number().int().min(1).max(3) });
export type PauseSubscriptionInput = z.infer<typeof PauseSubscriptionInput>;

/** What is offered to somebody who wants to leave; each for once. */
export type RetentionOffer =
  | { kind: "pause"; months: number[] }
  | { kind: "coupon"; name: string }
  | { kind: "downgrade"; planId: string; planName: string };

import type { StatusMeaning } from "@farebox/ui/badge";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CirclePause,
  CircleX,
  Clock,
  FilePen,
  Hourglass,
  Inbox,
  RotateCcw,
  ShieldAlert,
} from "lucide-react";
import { capitalized, wordsOf } from "./words";

type Meanings = Record<string, StatusMeaning>;

export const subscriptionStatuses: Meanings = {
  active: { tone: "success", icon: CircleCheck, label: "Active" },
  trialing: { tone: "info", icon: Clock, label: "Trialing" },
  past_due: { tone: "warning", icon: CircleAlert, label: "Past due" },
  unpaid: { tone: "danger", icon: CircleX, label: "Unpaid" },
  incomplete: { tone: "warning", icon: CircleDashed, label: "Incomplete" },
  incomplete_expired: { tone: "neutral", icon: CircleX, label: "Never started" },
  paused: { tone: "neutral", icon: CirclePause, label: "Paused" },
  canceled: { tone: "neutral", icon: Ban, label: "Canceled" },
  none: { tone: "neutral", icon: CircleDot, label: "No plan" },
};

export const invoiceStatuses: Meanings = {
  draft: { tone: "neutral", icon: FilePen, label: "Draft" },
  open: { tone: "info", icon: CircleDot, label: "Open" },
  paid: { tone: "success", icon: CircleCheck, label: "Paid" },
  void: { tone: "neutral", icon: Ban, label: "Void" },
  uncollectible: { tone: "danger", icon: CircleX, label: "Uncollectible" },
};

export const paymentStatuses: Meanings = {
  succeeded: { tone: "success", icon: CircleCheck, label: "Succeeded" },
  processing: { tone: "info", icon: Hourglass, label: "Processing" },
  requires_payment_method: { tone: "danger", icon: CircleX, label: "Failed" },
  requires_confirmation: { tone: "neutral", icon: CircleDashed, label: "Not confirmed" },
  requires_action: { tone: "warning", icon: CircleAlert, label: "Needs the customer" },
  requires_capture: { tone: "info", icon: Hourglass, label: "Not captured" },
  failed: { tone: "danger", icon: CircleX, label: "Failed" },
  canceled: { tone: "neutral", icon: Ban, label: "Canceled" },
};

export const refundStatuses: Meanings = {
  succeeded: { tone: "success", icon: CircleCheck, label: "Succeeded" },
  pending: { tone: "info", icon: Hourglass, label: "On its way" },
  requires_action: { tone: "warning", icon: CircleAlert, label: "Needs the customer" },
  failed: { tone: "danger", icon: CircleX, label: "Failed" },
  canceled: { tone: "neutral", icon: Ban, label: "Canceled" },
  submitted: { tone: "info", icon: Hourglass, label: "Sent to Stripe" },
  unknown: { tone: "warning", icon: CircleHelp, label: "Not answered yet" },
};

export const eventStatuses: Meanings = {
  received: { tone: "success", icon: Inbox, label: "Received" },
  ignored: { tone: "neutral", icon: CircleDot, label: "Not kept" },
  quarantined: { tone: "danger", icon: ShieldAlert, label: "Quarantined" },
};

/** How far the mirror of an object is. */
export const objectStates: Meanings = {
  applied: { tone: "success", icon: CircleCheck, label: "Applied" },
  waiting: { tone: "info", icon: Hourglass, label: "Waiting" },
  failing: { tone: "warning", icon: RotateCcw, label: "Tried again" },
  dead: { tone: "danger", icon: CircleX, label: "Given up" },
};

export const runStates: Meanings = {
  waiting: { tone: "neutral", icon: Hourglass, label: "Waiting" },
  running: { tone: "info", icon: CircleDashed, label: "Running" },
  done: { tone: "success", icon: CircleCheck, label: "Done" },
  stopped: { tone: "neutral", icon: Ban, label: "Stopped" },
  failed: { tone: "danger", icon: CircleX, label: "Failed" },
};

export const driftStates: Meanings = {
  open: { tone: "warning", icon: CircleAlert, label: "Open" },
  repaired: { tone: "success", icon: CircleCheck, label: "Repaired" },
};

/** A word of Stripe's that we do not know is shown as it is. */
export function statusMeaning(meanings: Meanings, status: string): StatusMeaning {
  return meanings[status] ?? { tone: "neutral", icon: CircleHelp, label: capitalized(wordsOf(status)) };
}

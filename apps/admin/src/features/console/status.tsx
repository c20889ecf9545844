import { StatusBadge as Badge } from "@farebox/ui/badge";
import {
  driftStates,
  eventStatuses,
  invoiceStatuses,
  objectStates,
  paymentStatuses,
  refundStatuses,
  runStates,
  statusMeaning,
  subscriptionStatuses,
} from "../../lib/status-meanings";

const meanings = {
  subscription: subscriptionStatuses,
  invoice: invoiceStatuses,
  payment: paymentStatuses,
  refund: refundStatuses,
  event: eventStatuses,
  object: objectStates,
  run: runStates,
  drift: driftStates,
};

interface StatusProps {
  of: keyof typeof meanings;
  status: string;
}

export function Status({ of, status }: StatusProps) {
  return <Badge {...statusMeaning(meanings[of], status)} />;
}

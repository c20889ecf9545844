import { StatusBadge as Badge } from "@farebox/ui/badge";
import {
  invoiceStatuses,
  paymentStatuses,
  refundStatuses,
  statusMeaning,
  subscriptionStatuses,
} from "../../lib/status-meanings";

const meanings = {
  subscription: subscriptionStatuses,
  invoice: invoiceStatuses,
  payment: paymentStatuses,
  refund: refundStatuses,
};

interface StatusProps {
  of: keyof typeof meanings;
  status: string;
}

export function Status({ of, status }: StatusProps) {
  return <Badge {...statusMeaning(meanings[of], status)} />;
}

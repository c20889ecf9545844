import { StatusBadge, type StatusMeaning } from "@farebox/ui/badge";
import { Ban, CircleCheck, CircleDashed, CirclePause, Hourglass, TriangleAlert } from "lucide-react";

const meanings: Record<string, StatusMeaning> = {
  active: { tone: "success", icon: CircleCheck, label: "Active" },
  trialing: { tone: "info", icon: Hourglass, label: "Trial" },
  past_due: { tone: "danger", icon: TriangleAlert, label: "Past due" },
  unpaid: { tone: "danger", icon: TriangleAlert, label: "Unpaid" },
  paused: { tone: "neutral", icon: CirclePause, label: "Paused" },
  canceled: { tone: "neutral", icon: Ban, label: "Canceled" },
  incomplete: { tone: "warning", icon: CircleDashed, label: "Incomplete" },
  incomplete_expired: { tone: "neutral", icon: Ban, label: "Not completed" },
};

export function SubscriptionStatusBadge({ status }: { status: string }) {
  const meaning = meanings[status] ?? { tone: "neutral", icon: CircleDashed, label: status };
  return <StatusBadge {...meaning} />;
}

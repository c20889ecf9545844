import { StatusBadge, type StatusMeaning } from "@farebox/ui/badge";
import { Ban, CircleCheck, CircleDashed, CircleDot, CircleX } from "lucide-react";

const meanings: Record<string, StatusMeaning> = {
  paid: { tone: "success", icon: CircleCheck, label: "Paid" },
  open: { tone: "warning", icon: CircleDot, label: "Open" },
  draft: { tone: "neutral", icon: CircleDashed, label: "Draft" },
  void: { tone: "neutral", icon: Ban, label: "Void" },
  uncollectible: { tone: "danger", icon: CircleX, label: "Uncollectible" },
};

export function InvoiceStatusBadge({ status }: { status: string }) {
  const meaning = meanings[status] ?? { tone: "neutral", icon: CircleDashed, label: status };
  return <StatusBadge {...meaning} />;
}

import type { InvoiceSummary, SubscriptionView } from "@farebox/billing";
import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Link } from "@tanstack/react-router";
import { type Attention, attentionFor } from "./attention";

interface AttentionBannerProps {
  subscription: SubscriptionView | null;
  invoices: readonly InvoiceSummary[];
}

export function AttentionBanner({ subscription, invoices }: AttentionBannerProps) {
  const attention = attentionFor(subscription, invoices);
  if (!attention) return null;
  const { tone, title, text, action } = attention;
  return (
    <Banner tone={tone} role="status" title={title} action={<ActionLink action={action} />}>
      {text}
    </Banner>
  );
}

function ActionLink({ action }: { action: Attention["action"] }) {
  return (
    <Button asChild variant="primary">
      {action.to === "hosted" ? <a href={action.href}>{action.label}</a> : <InnerLink action={action} />}
    </Button>
  );
}

function InnerLink({ action, ...look }: { action: Exclude<Attention["action"], { to: "hosted" }> }) {
  switch (action.to) {
    case "checkout":
      return (
        <Link to="/checkout" search={action.search} {...look}>
          {action.label}
        </Link>
      );
    case "invoice":
      return (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: action.invoiceId }} {...look}>
          {action.label}
        </Link>
      );
    case "invoices":
      return (
        <Link to="/invoices" {...look}>
          {action.label}
        </Link>
      );
  }
}

import { Card } from "@farebox/ui/card";
import { Link } from "@tanstack/react-router";
import { Building2, ChevronRight, CreditCard, type LucideIcon, Users } from "lucide-react";
import type { ReactElement } from "react";
import { cloneElement } from "react";
import { Page } from "./page";

/** What has no room in the bar of a phone. */
export function MorePage() {
  return (
    <Page title="More">
      <Card>
        <ul className="divide-y">
          <Item icon={CreditCard} label="Payment methods" to={<Link to="/payment-methods" />} />
          <Item icon={Building2} label="Billing details" to={<Link to="/billing-details" />} />
          <Item icon={Users} label="Members" to={<Link to="/members" />} />
        </ul>
      </Card>
    </Page>
  );
}

interface ItemProps {
  icon: LucideIcon;
  label: string;
  /** An empty router link. */
  to: ReactElement<{ className?: string }>;
}

function Item({ icon: Icon, label, to }: ItemProps) {
  const content = (
    <>
      <Icon aria-hidden className="size-5 shrink-0 text-quiet" />
      <span className="flex-1 font-medium">{label}</span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-quiet" />
    </>
  );
  const className = "flex min-h-14 items-center gap-3 px-4 no-underline hover:bg-hover -outline-offset-2!";
  return <li>{cloneElement(to, { className }, content)}</li>;
}

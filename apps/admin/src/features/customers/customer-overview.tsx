import { Badge } from "@farebox/ui/badge";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { ConsolePage } from "@farebox/ui/console-shell";
import { cardText } from "../../lib/card-text";
import type { CustomerDetail } from "../../lib/views";
import { capitalized } from "../../lib/words";
import { SubscriptionCard } from "./subscription-card";

export function CustomerOverview({ customer }: { customer: CustomerDetail }) {
  return (
    <ConsolePage className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
      <div className="grid gap-4">
        {customer.subscriptions.map((subscription) => (
          <SubscriptionCard key={subscription.id} subscription={subscription} />
        ))}
        {customer.subscriptions.length === 0 ? (
          <Card>
            <CardHeader title="Subscription" description="This customer has never subscribed." />
          </Card>
        ) : null}
      </div>
      <div className="grid gap-4">
        <Cards methods={customer.paymentMethods} />
        <Members members={customer.members} />
      </div>
    </ConsolePage>
  );
}

function Cards({ methods }: { methods: CustomerDetail["paymentMethods"] }) {
  return (
    <Card>
      <CardHeader title="Cards" description={methods.length === 0 ? "No card is saved." : undefined} />
      {methods.length > 0 ? (
        <CardContent>
          <ul className="divide-y">
            {methods.map((method) => (
              <li key={method.id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1">
                <span className="font-medium">{cardText(method)}</span>
                <span className="text-quiet text-cell tabular-nums">
                  expires {String(method.expMonth).padStart(2, "0")}/{method.expYear}
                </span>
                {method.isDefault ? (
                  <Badge tone="accent" className="ml-auto">
                    Default
                  </Badge>
                ) : null}
              </li>
            ))}
          </ul>
        </CardContent>
      ) : null}
    </Card>
  );
}

function Members({ members }: { members: CustomerDetail["members"] }) {
  return (
    <Card>
      <CardHeader
        title="Members"
        description={members.length === 0 ? "Nobody can sign in yet." : undefined}
      />
      {members.length > 0 ? (
        <CardContent>
          <ul className="divide-y">
            {members.map((member) => (
              <li key={member.email} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1">
                <span className="font-medium">{member.name}</span>
                <span className="min-w-0 truncate text-quiet text-cell">{member.email}</span>
                <span className="ml-auto text-quiet text-cell">{capitalized(member.role)}</span>
              </li>
            ))}
          </ul>
        </CardContent>
      ) : null}
    </Card>
  );
}

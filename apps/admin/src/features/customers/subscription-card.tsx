import type { SubscriptionView } from "@farebox/billing";
import { Card, CardContent, CardHeader } from "@farebox/ui/card";
import { IdText } from "@farebox/ui/copy-button";
import { useDateText } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { Money } from "@farebox/ui/money";
import { cardText } from "../../lib/card-text";
import { Status } from "../console/status";
import { subscriptionSentence } from "./subscription-sentence";

export function SubscriptionCard({ subscription }: { subscription: SubscriptionView }) {
  const dateText = useDateText();
  const { price, interval, quantity, paymentMethod } = subscription;
  return (
    <Card>
      <CardHeader
        title={subscription.planName}
        description={subscriptionSentence(subscription, dateText)}
        actions={<Status of="subscription" status={subscription.status} />}
      />
      <CardContent>
        <DescriptionList>
          <Description term="Price">
            {price ? <Money {...price} /> : "Free"}
            {price && interval ? <span className="text-quiet"> per {interval}</span> : null}
            {quantity > 1 ? <span className="text-quiet">, {quantity} seats</span> : null}
          </Description>
          {subscription.currentPeriodStart && subscription.currentPeriodEnd ? (
            <Description term="Current period">
              {dateText(subscription.currentPeriodStart)} – {dateText(subscription.currentPeriodEnd)}
            </Description>
          ) : null}
          <Description term="Pays with">
            {paymentMethod ? cardText(paymentMethod) : "No card is saved"}
          </Description>
          <Description term="Started">{dateText(subscription.createdAt)}</Description>
          <Description term="Stripe id">
            <IdText id={subscription.id} />
          </Description>
        </DescriptionList>
      </CardContent>
    </Card>
  );
}

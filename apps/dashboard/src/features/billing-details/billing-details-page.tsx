import { Card, CardContent } from "@farebox/ui/card";
import { Skeleton } from "@farebox/ui/skeleton";
import { trpc } from "../../lib/trpc";
import { mayPurchase } from "../account/rules";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { CloseAccount } from "./close-account";
import { DetailsForm } from "./details-form";
import { TaxIds } from "./tax-ids";

export function BillingDetailsPage() {
  const details = trpc.billingDetails.get.useQuery();
  const session = trpc.session.get.useQuery();
  const role = session.data?.member.role;
  const mayChange = role ? mayPurchase(role) : false;
  return (
    <Page
      title="Billing details"
      description="They stand on your next invoices. Invoices that exist stay as they are."
    >
      <Loaded query={details} what="your billing details" skeleton={<DetailsSkeleton />}>
        {(view) => (
          <div className="grid gap-6">
            <DetailsForm view={view} mayChange={mayChange} />
            <TaxIds view={view} mayChange={mayChange} />
            {role === "owner" ? <CloseAccount /> : null}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

const DetailsSkeleton = () => (
  <Card>
    <CardContent className="grid gap-4 sm:grid-cols-2">
      {["name", "email", "line1", "line2", "city", "country"].map((field) => (
        <Skeleton key={field} className="h-16" />
      ))}
    </CardContent>
  </Card>
);

import { Button } from "@farebox/ui/button";
import { Link } from "@tanstack/react-router";
import { Page } from "./page";
import { PlainLayout } from "./plain-layout";

export function NotFoundPage() {
  return (
    <PlainLayout>
      <Page title="There is no page here" description="The address may be mistyped, or the page has moved.">
        <Button asChild variant="primary">
          <Link to="/">Go to the overview</Link>
        </Button>
      </Page>
    </PlainLayout>
  );
}

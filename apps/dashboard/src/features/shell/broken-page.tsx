import { Button } from "@farebox/ui/button";
import { Page } from "./page";
import { PlainLayout } from "./plain-layout";

/** What is left when a page itself fails, for example because a new version replaced its files. */
export function BrokenPage() {
  return (
    <PlainLayout>
      <Page
        title="This page could not be shown"
        description="Nothing was changed and nothing was charged. Reload the page; if that does not help, come back in a few minutes."
      >
        <Button variant="primary" onClick={() => window.location.reload()}>
          Reload this page
        </Button>
      </Page>
    </PlainLayout>
  );
}

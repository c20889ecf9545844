import { Button } from "@farebox/ui/button";
import { useEffect } from "react";
import { Page } from "./page";
import { PlainLayout } from "./plain-layout";

const reload = () => window.location.reload();

/** What is left when a page itself fails, for example because its file could not be fetched. */
export function BrokenPage() {
  useEffect(() => {
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return (
    <PlainLayout>
      <Page
        title="This page could not be shown"
        description="Nothing was changed and nothing was charged. Check your connection and reload the page; if that does not help, come back in a few minutes."
      >
        <Button variant="primary" onClick={reload}>
          Reload this page
        </Button>
      </Page>
    </PlainLayout>
  );
}

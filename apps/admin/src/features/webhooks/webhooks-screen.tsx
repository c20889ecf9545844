import { Button } from "@farebox/ui/button";
import { ConsolePage } from "@farebox/ui/console-shell";
import { LinkTab, LinkTabs } from "@farebox/ui/tabs";
import { Link } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useScreenTitle } from "../console/use-screen-title";
import { useMay } from "../session/use-may";
import { EventsTab } from "./events-tab";
import { ReplayDialog } from "./replay-dialog";
import { StuckTab } from "./stuck-tab";
import { filterOf, isFiltered, type WebhooksSearch, type WebhookTab, webhookTabs } from "./webhooks-search";

const tabWords: Record<WebhookTab, string> = {
  events: "Events",
  dead: "Given up",
  failing: "Tried again",
};

export function WebhooksScreen({ search }: { search: WebhooksSearch }) {
  useScreenTitle("Webhook events");
  const mayReplay = useMay("webhooks:redrive");
  const [replaying, setReplaying] = useState(false);
  const open = search.tab ?? "events";
  return (
    <>
      <ConsolePage className="grid gap-3 pb-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-xl">Webhook events</h1>
          {open === "events" && mayReplay && isFiltered(search) ? (
            <Button onClick={() => setReplaying(true)}>
              <RotateCcw aria-hidden />
              Replay what matches
            </Button>
          ) : null}
        </div>
        <LinkTabs label="Webhook events">
          {webhookTabs.map((tab) => (
            <LinkTab key={tab} aria-current={tab === open ? "page" : undefined}>
              <Link
                to="/webhooks"
                search={tab === "events" ? {} : { tab }}
                activeOptions={{ exact: tab === "events", includeSearch: true }}
              >
                {tabWords[tab]}
              </Link>
            </LinkTab>
          ))}
        </LinkTabs>
      </ConsolePage>
      {open === "events" ? (
        <EventsTab search={search} />
      ) : (
        <StuckTab key={open} which={open} reason={search.reason} />
      )}
      {replaying ? <ReplayDialog filter={filterOf(search)} onClose={() => setReplaying(false)} /> : null}
    </>
  );
}

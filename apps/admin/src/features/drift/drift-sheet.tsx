import type { AdminOutputs } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { IdText } from "@farebox/ui/copy-button";
import { DateTime } from "@farebox/ui/date-time";
import { Description, DescriptionList } from "@farebox/ui/description-list";
import { TextLink } from "@farebox/ui/link";
import { Sheet } from "@farebox/ui/sheet";
import { Link } from "@tanstack/react-router";
import { capitalized, wordsOf } from "../../lib/words";
import { Status } from "../console/status";
import { Differences } from "./differences";
import { causeSentence, causeText, kindText } from "./drift-words";
import type { Repair } from "./use-repair";

interface DriftSheetProps {
  drift: AdminOutputs["reconciliation"]["drift"]["drift"][number];
  mayRepair: boolean;
  repair: Repair;
  onClose: () => void;
}

export function DriftSheet({ drift, mayRepair, repair: { repair, repairing }, onClose }: DriftSheetProps) {
  const open = !drift.repairedAt;
  return (
    <Sheet
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`${capitalized(wordsOf(drift.objectType))}: ${kindText(drift.kind).toLowerCase()}`}
      actions={<Status of="drift" status={open ? "open" : "repaired"} />}
      footer={
        mayRepair && open ? (
          <Button variant="primary" pending={repairing === drift.id} onClick={() => repair(drift.id)}>
            Make our copy equal Stripe
          </Button>
        ) : null
      }
      className="max-w-[560px]"
    >
      <DescriptionList>
        <Description term="Object">
          <IdText id={drift.objectId} />
        </Description>
        {drift.customerId ? (
          <Description term="Customer">
            <TextLink asChild>
              <Link to="/customers/$customerId" params={{ customerId: drift.customerId }}>
                Open the customer
              </Link>
            </TextLink>
          </Description>
        ) : null}
        <Description term="Likely cause">
          {causeText(drift.cause)}
          <p className="text-cell text-quiet">{causeSentence(drift.cause)}</p>
        </Description>
        <Description term="Found">
          <DateTime value={drift.foundAt} style="datetime" />
        </Description>
        {drift.repairedAt ? (
          <Description term="Repaired">
            <DateTime value={drift.repairedAt} style="datetime" />
          </Description>
        ) : null}
        <Description term="History">
          <TextLink asChild>
            <Link to="/webhooks" search={{ object: drift.objectId }}>
              Events of this object
            </Link>
          </TextLink>
        </Description>
      </DescriptionList>
      <h3 className="mt-6 text-sm">{open ? "Here, and at Stripe" : "As it was here, and at Stripe"}</h3>
      {drift.fields.length > 0 ? (
        <Differences fields={drift.fields} />
      ) : (
        <p className="mt-2 text-quiet text-sm">
          No field differs: Stripe does not know the object, and it was kept because other things hang on it.
        </p>
      )}
    </Sheet>
  );
}

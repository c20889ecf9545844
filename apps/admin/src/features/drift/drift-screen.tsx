import { Button } from "@farebox/ui/button";
import { ConsolePage } from "@farebox/ui/console-shell";
import { PageHeader } from "@farebox/ui/page-header";
import { ScanSearch } from "lucide-react";
import { useState } from "react";
import { useScreenTitle } from "../console/use-screen-title";
import { useMay } from "../session/use-may";
import { Differing } from "./differing";
import type { DriftSearch } from "./drift-search";
import { Runs } from "./runs";
import { StartRunDialog } from "./start-run-dialog";

export function DriftScreen({ search }: { search: DriftSearch }) {
  useScreenTitle("Drift");
  const mayRepair = useMay("drift:repair");
  const [starting, setStarting] = useState(false);
  return (
    <>
      <ConsolePage className="pb-4">
        <PageHeader
          title="Drift"
          description="Where our copies were found to differ from Stripe although nothing was on its way. Every night everything is compared and put right."
          action={
            mayRepair ? (
              <Button variant="primary" onClick={() => setStarting(true)}>
                <ScanSearch aria-hidden />
                Compare now
              </Button>
            ) : undefined
          }
        />
        <Runs mayStop={mayRepair} chosen={search.run} />
      </ConsolePage>
      <Differing search={search} mayRepair={mayRepair} />
      {starting ? <StartRunDialog onClose={() => setStarting(false)} /> : null}
    </>
  );
}

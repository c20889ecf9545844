import { Banner } from "@farebox/ui/banner";
import { CopyButton } from "@farebox/ui/copy-button";
import type { RefundProblem } from "./refund-problem";

export function RefundProblemBanner({ problem }: { problem: RefundProblem }) {
  const unknown = problem.kind === "repeatable" || problem.kind === "waiting";
  return (
    <Banner role="alert" tone={unknown ? "warning" : "danger"} title={problem.title}>
      <p>{problem.next}</p>
      {problem.requestId ? (
        <p className="mt-1 flex items-center gap-1 text-quiet text-xs">
          Request <code className="font-mono">{problem.requestId}</code>
          <CopyButton text={problem.requestId} label={`Copy: ${problem.requestId}`} />
        </p>
      ) : null}
    </Banner>
  );
}

import type { Raw } from "../../../http/form";
import type { Parser } from "../../../http/params";
import type { PortalSession } from "../../../tables";
import type { Tx } from "../../../transaction";
import type { Visit } from "../access";

export type FlowType = NonNullable<PortalSession["flow"]>["type"];

/** One thing a customer can do on the page. */
export interface Action {
  /** The flows it is part of; without a flow, every action is open. */
  flows: FlowType[];
  /** Whether the flow is over once this is done; not while the bank still waits for the customer. */
  completes: boolean;
  prepare(raw: Raw): (tx: Tx, visit: Visit) => object;
}

export function action<P>(
  params: Parser<P>,
  run: (tx: Tx, visit: Visit, given: P) => object,
  part: { flows?: FlowType[]; completes?: boolean } = {},
): Action {
  const { flows = [], completes = flows.length > 0 } = part;
  return {
    flows,
    completes,
    prepare(raw) {
      const given = params(raw, "");
      return (tx, visit) => run(tx, visit, given);
    },
  };
}

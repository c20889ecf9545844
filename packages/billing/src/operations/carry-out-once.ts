import type { Ctx, Tx } from "../context";
import { conflict } from "../errors";
import { outcomeUnknown } from "../stripe/errors";
import { carryOut, decided, refuseAgain } from "./carry-out";
import type { Answer, Operation } from "./kinds";
import { type Intent, intentHash, reserve } from "./reserve";
import { isUndecided } from "./rules";
import { withCustomerLocked } from "./with-customer-locked";

type Asked = Pick<Intent, "id" | "kind" | "customerId" | "request">;
/** What the rules allow, decided with the customer locked; an operation that is under way may be joined. */
type Prepare = (tx: Tx) => Promise<Omit<Intent, keyof Asked> | Operation>;

export interface Outcome {
  operation: Operation;
  /** Null when somebody else has asked: then the mirror has it, or the operation names it. */
  answer: Answer | null;
}

/** Reserve, Stripe, settle: however often one id is sent, Stripe is asked for one change and everybody gets its outcome. */
export async function carryOutOnce(ctx: Ctx, asked: Asked, prepare: Prepare): Promise<Outcome> {
  const { operation, isNew } = await withCustomerLocked(ctx, asked.customerId, async (tx) => {
    const own = await tx.moneyOperation.findFirst({ where: { id: asked.id } });
    if (own && own.requestHash !== intentHash(asked)) throw reused();
    if (own) return { operation: own, isNew: false };
    const prepared = await prepare(tx);
    if ("requestHash" in prepared) return { operation: prepared, isNew: false };
    return { operation: await reserve(tx, ctx, { ...asked, ...prepared }), isNew: true };
  });
  if (isNew) return { operation, answer: await carryOut(ctx, operation) };
  const outcome = await decided(ctx, operation);
  if (isUndecided(outcome)) throw outcomeUnknown();
  if (outcome.state === "failed") refuseAgain(outcome);
  return { operation: outcome, answer: null };
}

const reused = () =>
  conflict(
    "operation_reused",
    "This form was used for something else. Please reload the page and try again.",
  );

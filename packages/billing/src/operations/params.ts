import type { Operation } from "./kinds";

/** The parameters are stored as they were first sent: a key only answers to the same ones. */
export const paramsOf = <Params>(operation: Pick<Operation, "params">) =>
  operation.params as unknown as Params;

export const keyOf = (operation: Pick<Operation, "id">) => ({ idempotencyKey: operation.id });

/** Of a call that makes several changes, each has a key of its own. */
export const stepKeyOf = (operation: Pick<Operation, "id">, step: string) => ({
  idempotencyKey: `${operation.id}:${step}`,
});

export async function madeBy<Made extends { metadata: Record<string, string> | null }>(
  operation: Pick<Operation, "id">,
  listed: AsyncIterable<Made>,
): Promise<Made | undefined> {
  for await (const object of listed) {
    if (object.metadata?.operation_id === operation.id) return object;
  }
  return undefined;
}

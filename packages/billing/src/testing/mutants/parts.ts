// What a mutated bundle exports: the pipeline, to be driven as it is driven from its source.
export { claimDue, markDirty } from "../../db/sql/dirty-objects";
export { openBilling } from "../../open-billing";
export { processClaim } from "../../webhooks/process";
export { createReceiver } from "../../webhooks/receive";
export { startWorker } from "../../webhooks/work";

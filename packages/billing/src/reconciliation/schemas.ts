import { z } from "zod";

const reason = z.string().trim().min(3, "say why, for whoever reads the audit log").max(500);

export const runKinds = ["sweep", "backfill"] as const;

export const StartRunInput = z.object({
  kind: z.enum(runKinds),
  /** Whether what differs is put right, or only reported. A backfill always writes what is not here. */
  repairs: z.boolean(),
  /** All of them when it is left out. */
  objectTypes: z.array(z.string().max(100)).min(1).max(50).optional(),
  reason,
});
export type StartRunInput = z.infer<typeof StartRunInput>;

export const RunInput = z.object({ runId: z.uuid() });
export type RunInput = z.infer<typeof RunInput>;

export const StopRunInput = RunInput.extend({ reason });
export type StopRunInput = z.infer<typeof StopRunInput>;

export const ListDriftInput = z.object({
  runId: z.uuid().optional(),
  objectType: z.string().max(100).optional(),
  /** Only what was found and not put right. */
  open: z.boolean().default(false),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListDriftInput = z.infer<typeof ListDriftInput>;

export const RepairDriftInput = z.object({ driftId: z.string().regex(/^\d{1,18}$/), reason });
export type RepairDriftInput = z.infer<typeof RepairDriftInput>;

export interface RunProgressView {
  objectType: string;
  listed: number;
  filled: number;
  done: boolean;
  /** Until this type is through, as it has gone so far; null when there is nothing to go by. */
  secondsLeft: number | null;
}

export interface RunView {
  id: string;
  kind: (typeof runKinds)[number];
  /** waiting, running, done, stopped, failed */
  state: string;
  repairs: boolean;
  requestedBy: string;
  error: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  found: number;
  repaired: number;
  progress: RunProgressView[];
}

export interface DriftView {
  id: string;
  runId: string;
  objectType: string;
  objectId: string;
  customerId: string | null;
  kind: string;
  cause: string;
  fields: { table: string; id: string; field: string; ours: unknown; theirs: unknown }[];
  foundAt: string;
  repairedAt: string | null;
}

export interface DriftPage {
  drift: DriftView[];
  nextBefore: string | null;
}

export interface AuditEntryView {
  seq: string;
  at: string;
  actor: { kind: string; name: string };
  action: string;
  targetType: string;
  targetId: string;
  reason: string | null;
  before: unknown;
  after: unknown;
}

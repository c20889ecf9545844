export const staffRoles = ["viewer", "support", "finance", "admin"] as const;
export type StaffRole = (typeof staffRoles)[number];

export const memberRoles = ["owner", "billing", "viewer"] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Who may do what in the console. One row per permission. */
export const permissions = {
  "customers:read": ["viewer", "support", "finance", "admin"],
  "invoices:read": ["viewer", "support", "finance", "admin"],
  "refunds:create": ["support", "finance", "admin"],
  "audit:read": ["finance", "admin"],
  "webhooks:read": ["support", "finance", "admin"],
  "webhooks:redrive": ["finance", "admin"],
  "drift:read": ["support", "finance", "admin"],
  "drift:repair": ["finance", "admin"],
} as const satisfies Record<string, readonly StaffRole[]>;

export type Permission = keyof typeof permissions;

export const staffMay = (role: StaffRole, permission: Permission): boolean =>
  (permissions[permission] as readonly StaffRole[]).includes(role);

/** What a member of a customer may do in the dashboard: everyone reads, some may spend. */
export const memberAbilities = {
  read: ["owner", "billing", "viewer"],
  purchase: ["owner", "billing"],
  change: ["owner", "billing"],
  cards: ["owner", "billing"],
  details: ["owner", "billing"],
  members: ["owner"],
  close: ["owner"],
} as const satisfies Record<string, readonly MemberRole[]>;

export type MemberAbility = keyof typeof memberAbilities;

export const memberMay = (role: MemberRole, ability: MemberAbility): boolean =>
  (memberAbilities[ability] as readonly MemberRole[]).includes(role);

import type { MemberRole } from "@farebox/billing";

export const roles: { value: MemberRole; title: string; description: string }[] = [
  { value: "owner", title: "Owner", description: "Everything, also members and closing the account." },
  { value: "billing", title: "Billing", description: "Plans, cards, invoices and billing details." },
  { value: "viewer", title: "Viewer", description: "Looks at everything and changes nothing." },
];

export const roleName = (role: MemberRole): string =>
  roles.find(({ value }) => value === role)?.title ?? role;

/** The whole link of an invitation, as it is handed on. */
export const invitationLink = (token: string, origin: string): string => `${origin}/join#${token}`;

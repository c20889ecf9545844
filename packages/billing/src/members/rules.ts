import type { MemberRole } from "../access/permissions";

interface Known {
  id: string;
  role: MemberRole;
}

/** Somebody must be able to pay, to invite and to close the account. */
export const isLastOwner = (members: readonly Known[], id: string): boolean => {
  const owners = members.filter(({ role }) => role === "owner");
  return owners.length === 1 && owners[0]?.id === id;
};

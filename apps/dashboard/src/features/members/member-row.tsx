import type { MemberRole, MemberView } from "@farebox/billing";
import { Badge } from "@farebox/ui/badge";
import { Button } from "@farebox/ui/button";
import { Field } from "@farebox/ui/field";
import { Select } from "@farebox/ui/select";
import { toast } from "@farebox/ui/toast";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { queries, trpc } from "../../lib/trpc";
import { RemoveMember } from "./remove-member";
import { roleName, roles } from "./roles";

interface MemberRowProps {
  member: MemberView;
  mayManage: boolean;
  accountName: string;
}

export function MemberRow({ member, mayManage, accountName }: MemberRowProps) {
  const [removing, setRemoving] = useState(false);
  const stays = member.keptBecause === "last_owner";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-6 py-4">
      <div className="min-w-40 flex-1">
        <div className="flex flex-wrap items-center gap-x-2">
          <span className="break-words font-medium">{member.name}</span>
          {member.isYou ? <Badge>You</Badge> : null}
        </div>
        <p className="break-all text-quiet text-sm">{member.email}</p>
        {stays && mayManage ? (
          <p className="mt-1 text-quiet text-sm">The only owner, so this role stays.</p>
        ) : null}
      </div>
      {mayManage && !stays ? <RoleChoice member={member} /> : <Badge>{roleName(member.role)}</Badge>}
      {(mayManage || member.isYou) && !stays ? (
        <Button size="sm" variant="ghost" onClick={() => setRemoving(true)}>
          {member.isYou ? "Leave" : "Remove"}
          {member.isYou ? null : <span className="sr-only"> {member.name}</span>}
        </Button>
      ) : null}
      {removing ? (
        <RemoveMember member={member} accountName={accountName} onClose={() => setRemoving(false)} />
      ) : null}
    </li>
  );
}

/** Shown at once and put back when it is refused. */
function RoleChoice({ member }: { member: MemberView }) {
  const utils = trpc.useUtils();
  const change = trpc.members.changeRole.useMutation();

  async function choose(role: MemberRole) {
    await utils.members.list.cancel();
    const before = utils.members.list.getData();
    const after = before?.map((known) => (known.id === member.id ? { ...known, role } : known));
    if (after) utils.members.list.setData(undefined, after);
    try {
      await change.mutateAsync({ memberId: member.id, role });
      toast.success(`${member.name} is ${roleName(role).toLowerCase()} now.`);
    } catch (error) {
      if (before) utils.members.list.setData(undefined, before);
      toast.error("The role was not changed.", { description: failureOf(error).message });
    } finally {
      void queries.members.invalidate();
      if (member.isYou) void queries.session.invalidate();
    }
  }

  return (
    <Field label={`Role of ${member.name}`} labelHidden className="w-32">
      <Select
        value={member.role}
        disabled={change.isPending}
        onChange={(event) => {
          const role = roles.find(({ value }) => value === event.currentTarget.value);
          if (role) void choose(role.value);
        }}
      >
        {roles.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  );
}

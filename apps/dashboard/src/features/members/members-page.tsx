import type { MemberSession } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { Card, CardHeader } from "@farebox/ui/card";
import { Skeleton, SkeletonText } from "@farebox/ui/skeleton";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../lib/trpc";
import { Loaded } from "../shell/loaded";
import { Page } from "../shell/page";
import { InviteDialog } from "./invite-dialog";
import { MemberRow } from "./member-row";
import { PendingInvitations } from "./pending-invitations";

export function MembersPage() {
  const session = trpc.session.get.useQuery();
  const [inviting, setInviting] = useState(false);
  const isOwner = session.data?.member.role === "owner";
  return (
    <Page
      title="Members"
      description="Who may sign in to this account, and what they may do."
      action={
        isOwner ? (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            Invite somebody
          </Button>
        ) : null
      }
    >
      <Loaded query={session} what="your account" skeleton={<MembersSkeleton />}>
        {(account) => <Members session={account} />}
      </Loaded>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}

function Members({ session }: { session: MemberSession }) {
  const members = trpc.members.list.useQuery();
  const isOwner = session.member.role === "owner";
  return (
    <div className="grid gap-6">
      <Loaded query={members} what="the members" skeleton={<MembersSkeleton />}>
        {(list) => (
          <Card>
            <CardHeader
              title={list.length === 1 ? "One member" : `${list.length} members`}
              className="pb-3"
            />
            <ul className="divide-y border-t">
              {list.map((member) => (
                <MemberRow
                  key={member.id}
                  member={member}
                  mayManage={isOwner}
                  accountName={session.customer.name}
                />
              ))}
            </ul>
          </Card>
        )}
      </Loaded>
      {isOwner ? (
        <PendingInvitations />
      ) : (
        <p className="text-quiet text-sm">An owner of the account can invite people and change roles.</p>
      )}
    </div>
  );
}

const MembersSkeleton = () => (
  <Card>
    {["first", "second"].map((row) => (
      <div key={row} className="flex items-center gap-4 border-b px-6 py-4 last:border-b-0">
        <div className="flex-1">
          <SkeletonText lines={2} />
        </div>
        <Skeleton className="h-10 w-28" />
      </div>
    ))}
  </Card>
);

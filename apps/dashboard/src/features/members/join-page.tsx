import type { OpenInvitation } from "@farebox/billing";
import { Button } from "@farebox/ui/button";
import { ErrorState } from "@farebox/ui/error-state";
import { Skeleton, Skeletons } from "@farebox/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf, isSignedOut } from "../../lib/failure";
import { trpc, trpcClient } from "../../lib/trpc";
import { Page } from "../shell/page";
import { PlainLayout } from "../shell/plain-layout";
import { takeToken } from "./invitation-token";
import { JoinAsMember, JoinBySigningIn, JoinWithNewLogin } from "./join-steps";
import { roleName } from "./roles";

export function JoinPage() {
  const [token] = useState(takeToken);
  const invitation = useQuery({
    queryKey: ["invitation", token],
    enabled: token !== null,
    retry: 1,
    queryFn: () => trpcClient.invitations.open.mutate({ token: token ?? "" }),
  });
  if (token === null) {
    return <Closed title="This link is not complete" text="Open the whole link from your invitation." />;
  }
  if (invitation.error) {
    const { message, reason } = failureOf(invitation.error);
    return reason === null ? (
      <PlainLayout>
        <ErrorState
          title="We could not open your invitation."
          unchanged="It is still good."
          next={message}
          onRetry={() => void invitation.refetch()}
        />
      </PlainLayout>
    ) : (
      <Closed title="This invitation cannot be used" text={message} />
    );
  }
  if (!invitation.data) {
    return (
      <PlainLayout>
        <Skeletons label="Opening your invitation">
          <Skeleton className="h-72" />
        </Skeletons>
      </PlainLayout>
    );
  }
  return <Invited token={token} invitation={invitation.data} />;
}

interface InvitedProps {
  token: string;
  invitation: OpenInvitation;
}

function Invited({ token, invitation }: InvitedProps) {
  const session = trpc.session.get.useQuery(undefined, { retry: false });
  const { customerName, invitedBy, role, email, hasLogin } = invitation;
  const signedIn = isSignedOut(session.error) ? null : (session.data?.member ?? null);
  const isThem = signedIn?.email.toLowerCase() === email;
  return (
    <PlainLayout>
      <Page
        title={`Join ${customerName}`}
        description={`${invitedBy} invites ${email} as ${roleName(role).toLowerCase()}.`}
      >
        {session.isPending ? (
          <Skeletons label="Looking up who you are">
            <Skeleton className="h-40" />
          </Skeletons>
        ) : isThem ? (
          <JoinAsMember token={token} customerName={customerName} />
        ) : hasLogin || signedIn ? (
          <JoinBySigningIn email={email} hasLogin={hasLogin} signedInAs={signedIn?.email ?? null} />
        ) : (
          <JoinWithNewLogin token={token} email={email} customerName={customerName} />
        )}
      </Page>
    </PlainLayout>
  );
}

const Closed = ({ title, text }: { title: string; text: string }) => (
  <PlainLayout>
    <Page title={title} description={text}>
      <Button asChild variant="primary">
        <Link to="/">Go to your account</Link>
      </Button>
    </Page>
  </PlainLayout>
);

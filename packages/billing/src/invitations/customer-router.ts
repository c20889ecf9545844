import { anyoneProcedure, customerProcedure, router } from "../trpc/procedures";
import { acceptInvitation } from "./accept";
import { invite, resendInvitation } from "./invite";
import { openInvitation, pendingInvitations } from "./queries";
import { revokeInvitation } from "./revoke";
import { InvitationInput, InvitationTokenInput, InviteInput } from "./schemas";

export const invitationsCustomerRouter = router({
  list: customerProcedure("members").query(({ ctx }) => pendingInvitations(ctx)),
  create: customerProcedure("members")
    .input(InviteInput)
    .mutation(({ ctx, input }) => invite(ctx, input)),
  resend: customerProcedure("members")
    .input(InvitationInput)
    .mutation(({ ctx, input }) => resendInvitation(ctx, input)),
  revoke: customerProcedure("members")
    .input(InvitationInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  // No query: the token would stand in the address, and so in logs.
  open: anyoneProcedure.input(InvitationTokenInput).mutation(({ ctx, input }) => openInvitation(ctx, input)),
  accept: customerProcedure("read")
    .input(InvitationTokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});

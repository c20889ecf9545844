import { customerProcedure, router } from "../trpc/procedures";
import { changeRole } from "./change-role";
import { accountsOf, memberList, memberSession } from "./queries";
import { leaveAccount, removeMember } from "./remove-member";
import { ChangeRoleInput, RemoveMemberInput, SwitchAccountInput } from "./schemas";
import { switchAccount } from "./switch-account";

export const sessionCustomerRouter = router({
  get: customerProcedure("read").query(({ ctx }) => memberSession(ctx)),
  accounts: customerProcedure("read").query(({ ctx }) => accountsOf(ctx)),
  switchAccount: customerProcedure("read")
    .input(SwitchAccountInput)
    .mutation(({ ctx, input }) => switchAccount(ctx, input)),
});

export const membersCustomerRouter = router({
  list: customerProcedure("read").query(({ ctx }) => memberList(ctx)),
  changeRole: customerProcedure("members")
    .input(ChangeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
  remove: customerProcedure("members")
    .input(RemoveMemberInput)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  leave: customerProcedure("read").mutation(({ ctx }) => leaveAccount(ctx)),
});

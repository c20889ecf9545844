import type { MemberSession } from "@farebox/billing";
import { IconButton } from "@farebox/ui/button";
import {
  DropdownMenu,
  DropdownMenuChoice,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from "@farebox/ui/dropdown-menu";
import { ThemeMenu } from "@farebox/ui/theme-menu";
import { useNavigate } from "@tanstack/react-router";
import { CircleUserRound, LogOut } from "lucide-react";
import { useState } from "react";
import { signOut } from "../../lib/session";
import { trpc } from "../../lib/trpc";

export function HeaderMenus({ member }: { member: MemberSession["member"] }) {
  return (
    <>
      <ThemeMenu />
      <AccountMenu member={member} />
    </>
  );
}

function AccountMenu({ member }: { member: MemberSession["member"] }) {
  const navigate = useNavigate();
  const [problem, setProblem] = useState("");

  async function leave() {
    setProblem("");
    const answer = await signOut();
    if (answer.ok) await navigate({ to: "/sign-in" });
    else setProblem("We could not sign you out. Check your connection and try again.");
  }

  return (
    <>
      <span role="alert" className="text-danger text-sm empty:hidden">
        {problem}
      </span>
      <DropdownMenu
        trigger={
          <IconButton label="Account">
            <CircleUserRound aria-hidden />
          </IconButton>
        }
      >
        <DropdownMenuLabel className="grid">
          <span className="font-medium text-ink text-sm">{member.name}</span>
          <span>{member.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <OtherAccounts />
        <DropdownMenuItem icon={LogOut} onSelect={() => void leave()}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenu>
    </>
  );
}

/** Whoever belongs to several accounts chooses here; nothing of the one before stays on screen. */
function OtherAccounts() {
  const accounts = trpc.session.accounts.useQuery(undefined, { staleTime: 300_000 });
  const change = trpc.session.switchAccount.useMutation({ onSuccess: () => window.location.assign("/") });
  const current = accounts.data?.find(({ isCurrent }) => isCurrent);
  if (!accounts.data || accounts.data.length < 2 || !current) return null;
  return (
    <>
      <DropdownMenuChoice
        label="Account"
        value={current.id}
        options={accounts.data.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(accountId) => (accountId === current.id ? undefined : change.mutate({ accountId }))}
      />
      <DropdownMenuSeparator />
    </>
  );
}

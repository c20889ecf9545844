import type { MemberSession } from "@farebox/billing";
import { IconButton } from "@farebox/ui/button";
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from "@farebox/ui/dropdown-menu";
import { ThemeMenu } from "@farebox/ui/theme-menu";
import { useNavigate } from "@tanstack/react-router";
import { CircleUserRound, LogOut } from "lucide-react";
import { useState } from "react";
import { signOut } from "../../lib/session";

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
        <DropdownMenuItem icon={LogOut} onSelect={() => void leave()}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenu>
    </>
  );
}

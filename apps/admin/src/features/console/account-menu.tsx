import type { StaffSession } from "@farebox/billing";
import { IconButton } from "@farebox/ui/button";
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from "@farebox/ui/dropdown-menu";
import { toast } from "@farebox/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, Keyboard, LogOut } from "lucide-react";
import { useCallback, useState } from "react";
import { signOut } from "../session/staff-auth";
import { KeysDialog } from "./keys-dialog";
import { useHelpKey } from "./use-row-keys";

export function AccountMenu({ staff }: { staff: StaffSession["staff"] | undefined }) {
  const [keysOpen, setKeysOpen] = useState(false);
  const leave = useLeave();
  useHelpKey(useCallback(() => setKeysOpen(true), []));
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label="Account">
            <CircleUser aria-hidden />
          </IconButton>
        }
      >
        <DropdownMenuLabel>
          <span className="block font-medium text-ink text-sm">{staff?.name ?? "Signing in"}</span>
          {staff ? <span className="block">{`${staff.email} · ${staff.role}`}</span> : null}
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={Keyboard} onSelect={() => setKeysOpen(true)}>
          Keyboard
        </DropdownMenuItem>
        <DropdownMenuItem icon={LogOut} onSelect={() => void leave()}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenu>
      <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} />
    </>
  );
}

function useLeave() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    if (!(await signOut())) {
      toast.error("You are still signed in", { description: "The server did not answer. Try again." });
      return;
    }
    await navigate({ to: "/sign-in" });
    queryClient.clear();
  };
}

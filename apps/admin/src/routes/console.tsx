import { Brand, BrandMark } from "@farebox/ui/brand-mark";
import { ConsoleShell } from "@farebox/ui/console-shell";
import { NavLink } from "@farebox/ui/navigation";
import { ThemeMenu } from "@farebox/ui/theme-menu";
import { createRoute, Link, Outlet } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { AccountMenu } from "../features/console/account-menu";
import { CommandBar } from "../features/console/command-bar";
import { ConnectionBanner } from "../features/console/connection-banner";
import { ScreenCrash } from "../features/console/screen-crash";
import { ScreenNotFound } from "../features/console/screen-not-found";
import { useLiveChanges } from "../features/console/use-live-changes";
import { useStaff } from "../features/session/use-staff";
import { rootRoute } from "./root";

export const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "console",
  component: ConsoleLayout,
  notFoundComponent: () => <ScreenNotFound />,
  errorComponent: ScreenCrash,
});

function ConsoleLayout() {
  const staff = useStaff();
  const live = useLiveChanges(staff !== undefined);
  return (
    <ConsoleShell
      mark={<BrandMark />}
      brand={<Brand name="Farebox" />}
      command={<CommandBar />}
      actions={
        <>
          <ThemeMenu />
          <AccountMenu staff={staff} />
        </>
      }
      navigation={
        <NavLink icon={Users} label="Customers">
          <Link to="/customers" />
        </NavLink>
      }
      banner={<ConnectionBanner state={live} />}
    >
      <Outlet />
    </ConsoleShell>
  );
}

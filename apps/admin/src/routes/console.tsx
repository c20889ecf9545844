import { Brand, BrandMark } from "@farebox/ui/brand-mark";
import { ConsoleShell } from "@farebox/ui/console-shell";
import { NavLink } from "@farebox/ui/navigation";
import { ThemeMenu } from "@farebox/ui/theme-menu";
import { createRoute, Link, Outlet } from "@tanstack/react-router";
import { GitCompareArrows, Users, Webhook } from "lucide-react";
import { AccountMenu } from "../features/console/account-menu";
import { CommandBar } from "../features/console/command-bar";
import { ConnectionBanner } from "../features/console/connection-banner";
import { ScreenCrash } from "../features/console/screen-crash";
import { ScreenNotFound } from "../features/console/screen-not-found";
import { useLiveChanges } from "../features/console/use-live-changes";
import { useMay } from "../features/session/use-may";
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
  const seesWebhooks = useMay("webhooks:read");
  const seesDrift = useMay("drift:read");
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
        <>
          <NavLink icon={Users} label="Customers">
            <Link to="/customers" />
          </NavLink>
          {seesWebhooks ? (
            <NavLink icon={Webhook} label="Webhook events">
              <Link to="/webhooks" />
            </NavLink>
          ) : null}
          {seesDrift ? (
            <NavLink icon={GitCompareArrows} label="Drift">
              <Link to="/drift" />
            </NavLink>
          ) : null}
        </>
      }
      banner={<ConnectionBanner state={live} />}
    >
      <Outlet />
    </ConsoleShell>
  );
}

import { Banner } from "@farebox/ui/banner";
import { Brand } from "@farebox/ui/brand-mark";
import { DashboardShell } from "@farebox/ui/dashboard-shell";
import { NavLink } from "@farebox/ui/navigation";
import { Skeleton } from "@farebox/ui/skeleton";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { Building2, CreditCard, Ellipsis, House, Layers, ReceiptText, Users } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { isSignedOut } from "../../lib/failure";
import { trpc } from "../../lib/trpc";
import { useLiveChanges } from "../live/use-live-changes";

// The menus bring the pop-over library with them; the page is readable before it, and also without it.
const HeaderMenus = lazy(() =>
  import("./header-menus").then(
    (module) => ({ default: module.HeaderMenus }),
    () => ({ default: NoMenus }),
  ),
);
const NoMenus = () => <></>;
const Toasts = lazy(() =>
  import("./toasts").then(
    (module) => ({ default: module.Toasts }),
    () => ({ default: NoMenus }),
  ),
);

const askAgainMs = 10_000;

export function SignedInLayout() {
  const session = trpc.session.get.useQuery(undefined, {
    staleTime: 300_000,
    refetchInterval: ({ state }) =>
      state.status === "error" && !isSignedOut(state.error) ? askAgainMs : false,
  });
  const signedOut = isSignedOut(session.error);
  const live = useLiveChanges({ enabled: session.data !== undefined && !signedOut });
  useSignInFirst(signedOut);
  useOneAccount(session.data?.customer.id);
  if (signedOut) return null;
  return (
    <DashboardShell
      brand={
        <Link to="/" aria-label="Farebox, overview" className="rounded-md no-underline">
          <Brand name="Farebox" />
        </Link>
      }
      switcher={<span className="block truncate font-medium text-sm">{session.data?.customer.name}</span>}
      actions={
        <Suspense fallback={<Skeleton className="invisible h-(--control-height) w-22" />}>
          {session.data ? <HeaderMenus member={session.data.member} /> : null}
        </Suspense>
      }
      navigation={<Navigation />}
      banner={live.lost ? <ConnectionLost /> : null}
    >
      <Outlet />
      <Suspense fallback={null}>{session.data ? <Toasts /> : null}</Suspense>
    </DashboardShell>
  );
}

function useSignInFirst(signedOut: boolean) {
  const router = useRouter();
  useEffect(() => {
    if (!signedOut) return;
    const { href } = router.state.location;
    void router.navigate({
      to: "/sign-in",
      search: { next: href === "/" ? undefined : href },
      replace: true,
    });
  }, [signedOut, router]);
}

/** Another window has changed to another account: nothing of the one before may stay on screen. */
function useOneAccount(customerId: string | undefined) {
  const first = useRef(customerId);
  useEffect(() => {
    if (customerId && first.current && first.current !== customerId) window.location.reload();
    first.current ??= customerId;
  }, [customerId]);
}

function Navigation() {
  return (
    <>
      <NavLink icon={House} label="Overview">
        <Link to="/" activeOptions={{ exact: true, includeSearch: false }} />
      </NavLink>
      <NavLink icon={Layers} label="Plans">
        <Link to="/plans" activeOptions={{ includeSearch: false }} />
      </NavLink>
      <NavLink icon={ReceiptText} label="Invoices">
        <Link to="/invoices" activeOptions={{ includeSearch: false }} />
      </NavLink>
      <span className="contents max-sm:hidden">
        <NavLink icon={CreditCard} label="Payment methods">
          <Link to="/payment-methods" activeOptions={{ includeSearch: false }} />
        </NavLink>
        <NavLink icon={Building2} label="Billing details">
          <Link to="/billing-details" />
        </NavLink>
        <NavLink icon={Users} label="Members">
          <Link to="/members" />
        </NavLink>
      </span>
      <span className="contents sm:hidden">
        <NavLink icon={Ellipsis} label="More">
          <Link to="/more" />
        </NavLink>
      </span>
    </>
  );
}

function ConnectionLost() {
  return (
    <Banner flush role="status" tone="warning" title="We lost the connection to the server.">
      What you see may be out of date. We keep trying and update this page as soon as we are back.
    </Banner>
  );
}

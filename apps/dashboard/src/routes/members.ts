import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../features/shell/lazy-page";
import { queries } from "../lib/trpc";
import { signedInRoute } from "./signed-in";

export const membersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/members",
  loader: () => void queries.members.list.prefetch(),
  component: lazyPage(() => import("../features/members/members-page"), "MembersPage"),
});

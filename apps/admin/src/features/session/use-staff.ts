import type { StaffSession } from "@farebox/billing";
import { trpc } from "../../lib/trpc";

/** Who is signed in; undefined until we know. Being signed out leads to the sign-in page from anywhere. */
export function useStaff(): StaffSession["staff"] | undefined {
  return trpc.session.get.useQuery().data?.staff;
}

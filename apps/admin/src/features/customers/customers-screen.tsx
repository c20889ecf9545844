import { ConsolePage } from "@farebox/ui/console-shell";
import { Pagination } from "@farebox/ui/pagination";
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc";
import { QueryFailed } from "../console/query-failed";
import { useScreenTitle } from "../console/use-screen-title";
import type { CustomersSearch } from "./customers-search";
import { CustomersTable } from "./customers-table";
import { StatusChips } from "./status-chips";
import { usePaging } from "./use-paging";

export function CustomersScreen({ search }: { search: CustomersSearch }) {
  useScreenTitle("Customers");
  const page = trpc.customers.list.useQuery(search, { placeholderData: keepPreviousData });
  const paging = usePaging(search, page.data?.nextCursor ?? null);
  const { data } = page;
  return (
    <>
      <ConsolePage className="flex flex-wrap items-center gap-x-6 gap-y-3 pb-4">
        <h1 className="text-xl">Customers</h1>
        <StatusChips search={search} />
      </ConsolePage>
      {page.isError && !data ? (
        <QueryFailed
          what="the customers"
          error={page.error}
          onRetry={() => void page.refetch()}
          retrying={page.isFetching}
        />
      ) : (
        <>
          <CustomersTable
            customers={data?.customers}
            narrowedBy={search.search ? "search" : search.status ? "status" : null}
            stale={page.isPlaceholderData}
          />
          {data && (data.nextCursor || search.cursor) ? (
            <ConsolePage className="pt-0">
              <Pagination
                pending={page.isPlaceholderData}
                onNewer={search.cursor ? paging.newer : undefined}
                onOlder={data.nextCursor ? paging.older : undefined}
              >
                {data.customers.length} on this page, newest first
              </Pagination>
            </ConsolePage>
          ) : null}
        </>
      )}
    </>
  );
}

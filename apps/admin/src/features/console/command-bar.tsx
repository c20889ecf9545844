import { SearchInput } from "@farebox/ui/search-input";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { trpc } from "../../lib/trpc";
import { customersSearch } from "../customers/customers-search";
import { jumpTarget } from "./jump-target";
import { useSingleKeys } from "./single-keys";

const debounceMs = 250;

/** One box in one place: filters the list of customers while typing there; Enter finds, and opens the only match. */
export function CommandBar() {
  const { text, setText, submit } = useSearchText();
  const singleKeys = useSingleKeys();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SearchInput
        value={text}
        onChange={setText}
        label="Search customers"
        placeholder="Name, email, id, invoice, last four"
        maxLength={200}
        shortcut={singleKeys}
      />
    </form>
  );
}

function useSearchText() {
  const navigate = useNavigate();
  const onList = useLocation({ select: ({ pathname }) => pathname === "/customers" });
  const inAddress = useLocation({ select: ({ search }) => customersSearch(search).search ?? "" });
  const [text, setText] = useState(inAddress);
  const written = useRef(inAddress);
  const utils = trpc.useUtils();
  const latest = useRef(text);
  latest.current = text;

  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setText(inAddress);
  }, [inAddress]);

  function search(wanted: string, replace: boolean) {
    written.current = wanted;
    void navigate({
      to: "/customers",
      search: (before) => ({ ...customersSearch(before), search: wanted || undefined, cursor: undefined }),
      replace,
    });
  }

  useEffect(() => {
    const wanted = text.trim();
    if (!onList || wanted === written.current) return;
    const timer = setTimeout(() => search(wanted, true), debounceMs);
    return () => clearTimeout(timer);
  });

  async function submit() {
    const target = jumpTarget(text);
    if (target.kind === "invoice") {
      leave();
      return navigate({ to: "/invoices/$invoiceId", params: { invoiceId: target.invoiceId } });
    }
    search(target.search, onList);
    const only = target.search ? await onlyMatch(target.search) : null;
    if (!only || latest.current !== text) return;
    leave();
    await navigate({ to: "/customers/$customerId", params: { customerId: only } });
  }

  function leave() {
    written.current = "";
    setText("");
  }

  /** Null also when the question failed: the list beside it then says so. */
  async function onlyMatch(wanted: string): Promise<string | null> {
    const page = await utils.customers.list.fetch({ search: wanted }).catch(() => null);
    return page?.customers.length === 1 ? (page.customers[0]?.id ?? null) : null;
  }

  return { text, setText, submit };
}

import { SearchInput } from "@farebox/ui/search-input";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { customersSearch } from "../customers/customers-search";
import { jumpTarget } from "./jump-target";
import { useSingleKeys } from "./single-keys";

const debounceMs = 250;

/** One box in one place: filters the list of customers while typing there, and finds from everywhere on Enter. */
export function CommandBar() {
  const { text, setText, submit } = useSearchText();
  const singleKeys = useSingleKeys();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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

  function submit() {
    const target = jumpTarget(text);
    if (target.kind === "search") return search(target.search, onList);
    written.current = "";
    setText("");
    void navigate({ to: "/invoices/$invoiceId", params: { invoiceId: target.invoiceId } });
  }
  return { text, setText, submit };
}

import { created, cut, inRange, page, pageParams } from "../../http/lists";
import { hash, mergeMetadata, text } from "../../http/params";
import type { CreditNote, CreditNoteLine } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { wireList } from "../../wire";
import { type Resource, ref, route } from "../resource";
import { createCreditNote, voidCreditNote } from "./create";
import { createParams, previewLinesParams, updateParams } from "./params";

const url = "/v1/credit_notes";
const inlined = 10;

type StoredLine = CreditNoteLine & { credit_note: string };

function publicLine({ credit_note: _owner, ...line }: StoredLine): CreditNoteLine {
  return line;
}

function linesOf(read: Read, id: string): CreditNoteLine[] {
  return read.by("credit_note_lines", "credit_note", id).map(publicLine);
}

function present(read: Read, row: object): object {
  const note = row as CreditNote;
  const lines = linesOf(read, note.id);
  return {
    ...note,
    lines: wireList(`${url}/${note.id}/lines`, lines.slice(0, inlined), lines.length > inlined),
  };
}

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("credit_notes", createCreditNote(tx, params).id),
);

/** The note as it would be; nothing of it happens. */
const preview = route("GET", `${url}/preview`, createParams, ({ tx, params }) =>
  tx.tryOut(() => tx.view("credit_notes", createCreditNote(tx, params).id)),
);

const previewLines = route("GET", `${url}/preview/lines`, previewLinesParams, ({ tx, params }) => {
  const { limit, starting_after, ending_before, ...given } = params;
  const lines = tx.tryOut(() => linesOf(tx, createCreditNote(tx, given).id));
  return cut(
    `${url}/preview/lines`,
    {
      ...(limit && { limit }),
      ...(starting_after && { starting_after }),
      ...(ending_before && { ending_before }),
    },
    lines,
    (line) => line,
    () => undefined,
  );
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("credit_notes", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const note = tx.need("credit_notes", id);
  tx.patch("credit_notes", id, {
    ...(params.memo !== undefined && { memo: params.memo }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(note.metadata, params.metadata) }),
  });
  tx.emit("credit_note.updated", "credit_notes", id);
  return tx.view("credit_notes", id);
});

const voidRoute = route("POST", `${url}/:/void`, hash({}), ({ tx, ids: [id] }) => {
  voidCreditNote(tx, id);
  return tx.view("credit_notes", id);
});

const lines = route("GET", `${url}/:/lines`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("credit_notes", id);
  return cut(
    `${url}/${id}/lines`,
    params,
    linesOf(tx, id),
    (line) => line,
    (line, param) => needLine(tx, line, param),
  );
});

function needLine(tx: Tx, id: string, param: string): void {
  tx.need("credit_note_lines", id, param);
}

const listParams = hash({ ...pageParams, created, customer: text, customer_account: text, invoice: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, invoice } = params;
  const rows = invoice
    ? tx.by("credit_notes", "invoice", invoice).reverse()
    : customer
      ? tx.by("credit_notes", "customer", customer).reverse()
      : undefined;
  const matches = (note: CreditNote) =>
    (customer ?? note.customer) === note.customer && inRange(note.created, params.created);
  return page(tx, "credit_notes", url, params, matches, rows);
});

export const creditNotes: Resource = {
  routes: [create, preview, previewLines, retrieve, update, voidRoute, lines, index],
  presenters: { credit_notes: present, credit_note_lines: (_read, row) => publicLine(row as StoredLine) },
  expansions: {
    credit_note: {
      customer: ref("customers"),
      customer_balance_transaction: ref("customer_balance_transactions"),
      invoice: ref("invoices"),
      "discount_amounts.discount": ref("discounts"),
      "refunds.refund": ref("refunds"),
    },
    credit_note_line_item: { "discount_amounts.discount": ref("discounts") },
  },
};

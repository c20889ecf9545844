import { invalid } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import {
  bool,
  clearable,
  either,
  hash,
  int,
  type Metadata,
  mergeMetadata,
  metadata,
  oneOf,
  text,
} from "../http/params";
import { newId } from "../ids";
import type { FileLink } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, ref, route } from "./resource";

const url = "/v1/file_links";

interface Given {
  file: string;
  expires_at?: number;
  metadata?: Metadata | null;
}

/** Whoever has the address of a link can read the file, until the link expires. */
export function newFileLink(tx: Tx, given: Given): FileLink {
  if (given.expires_at !== undefined) checkFuture(tx, given.expires_at);
  const id = newId("link");
  return tx.put("file_links", {
    id,
    object: "file_link",
    created: tx.now,
    expired: false,
    expires_at: given.expires_at ?? null,
    file: given.file,
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    url: `${tx.settings.url}/links/${id}`,
  });
}

function checkFuture(tx: Tx, expiresAt: number): void {
  if (expiresAt <= tx.now) throw invalid("expires_at must be in the future.", undefined, "expires_at");
}

/** Whether a link has expired is a matter of the clock, so it is read, not stored. */
function present(link: FileLink, now: number): FileLink {
  return { ...link, expired: link.expires_at !== null && link.expires_at <= now };
}

const createParams = hash({ file: text, expires_at: int, metadata }, ["file"]);
const create = route("POST", url, createParams, ({ tx, params }) => {
  tx.need("files", params.file, "file");
  return tx.view("file_links", newFileLink(tx, params).id);
});

const updateParams = hash({ expires_at: clearable(either(int, oneOf("now"))), metadata });
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const link = tx.need("file_links", id);
  const { expires_at: expiry } = params;
  if (present(link, tx.now).expired) throw invalid("An expired link cannot be changed.");
  if (typeof expiry === "number") checkFuture(tx, expiry);
  tx.patch("file_links", id, {
    ...(expiry !== undefined && { expires_at: expiry === "now" ? tx.now : expiry }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(link.metadata, params.metadata) }),
  });
  return tx.view("file_links", id);
});

const listParams = hash({ ...pageParams, created, expired: bool, file: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const rows = params.file ? tx.by("file_links", "file", params.file).reverse() : undefined;
  const matches = (link: FileLink) =>
    (params.expired === undefined || present(link, tx.now).expired === params.expired) &&
    inRange(link.created, params.created);
  return page(tx, "file_links", url, params, matches, rows);
});

export const fileLinks: Resource = {
  routes: [
    create,
    route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("file_links", id)),
    update,
    index,
  ],
  presenters: { file_links: ({ now }, row) => present(row as FileLink, now) },
  expansions: { file_link: { file: ref("files") } },
};

import { invalid } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import { bool, hash, int, metadata, oneOf, type Parser, text } from "../http/params";
import { newId } from "../ids";
import type { StripeFile } from "../tables";
import { wireList } from "../wire";
import { newFileLink } from "./file-links";
import { type Resource, route } from "./resource";

const url = "/v1/files";
const megabyte = 1024 * 1024;
const purposes = [
  "account_requirement",
  "additional_verification",
  "business_icon",
  "business_logo",
  "customer_signature",
  "dispute_evidence",
  "identity_document",
  "issuing_regulatory_reporting",
  "pci_document",
  "platform_terms_of_service",
  "tax_document_user_upload",
  "terminal_android_apk",
  "terminal_reader_splashscreen",
  "terminal_wifi_certificate",
  "terminal_wifi_private_key",
] as const;
type Purpose = (typeof purposes)[number];

const limits: Partial<Record<Purpose, { bytes: number; types: string[] }>> = {
  business_icon: { bytes: megabyte / 2, types: ["png", "jpg", "gif"] },
  business_logo: { bytes: megabyte / 2, types: ["png", "jpg", "gif"] },
  customer_signature: { bytes: 4 * megabyte, types: ["png", "jpg", "pdf"] },
  dispute_evidence: { bytes: 5 * megabyte, types: ["png", "jpg", "pdf"] },
  identity_document: { bytes: 16 * megabyte, types: ["png", "jpg", "pdf"] },
  pci_document: { bytes: 16 * megabyte, types: ["pdf"] },
};
const otherLimit = { bytes: 16 * megabyte, types: undefined };

interface Upload {
  name: string;
  type: string;
  contents: string;
}

const upload: Parser<Upload> = (raw, path) => {
  const { name = "blob", type = "", contents } = typeof raw === "string" ? {} : raw;
  if (typeof name === "string" && typeof type === "string" && typeof contents === "string")
    return { name, type, contents };
  throw invalid("The file must be sent as a part of a multipart/form-data body.", undefined, path);
};

/** By what the file begins with, not by what its sender calls it. */
export function typeOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return "png";
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "jpg";
  const start = bytes.subarray(0, 5).toString("latin1");
  if (start === "%PDF-") return "pdf";
  if (start.startsWith("GIF8")) return "gif";
  return null;
}

function check(bytes: Buffer, purpose: Purpose): string | null {
  const limit = limits[purpose] ?? otherLimit;
  const type = typeOf(bytes);
  if (bytes.length === 0) throw invalid("The file is empty.", undefined, "file");
  if (bytes.length > limit.bytes) {
    const megabytes = limit.bytes / megabyte;
    throw invalid(`A file for ${purpose} can have up to ${megabytes} MB.`, undefined, "file");
  }
  if (limit.types && !limit.types.includes(type ?? "")) {
    throw invalid(`A file for ${purpose} must be one of ${limit.types.join(", ")}.`, undefined, "file");
  }
  return type;
}

const createParams = hash(
  {
    file: upload,
    purpose: oneOf(...purposes),
    file_link_data: hash({ create: bool, expires_at: int, metadata }, ["create"]),
  },
  ["file", "purpose"],
);
const create = route("POST", url, createParams, ({ tx, params }) => {
  const { file, purpose, file_link_data: link } = params;
  const bytes = Buffer.from(file.contents, "base64");
  const type = check(bytes, purpose);
  const id = newId("file");
  tx.put("file_contents", { id, type: file.type, base64: file.contents });
  tx.put("files", {
    id,
    object: "file",
    created: tx.now,
    expires_at: null,
    filename: file.name,
    purpose,
    size: bytes.length,
    title: null,
    type,
    url: `${tx.settings.url}${url}/${id}/contents`,
  });
  if (link?.create) newFileLink(tx, { ...link, file: id });
  tx.emit("file.created", "files", id);
  return tx.view("files", id);
});

const index = route("GET", url, hash({ ...pageParams, created, purpose: text }), ({ tx, params }) => {
  const matches = (file: StripeFile) =>
    (params.purpose ?? file.purpose) === file.purpose && inRange(file.created, params.created);
  return page(tx, "files", url, params, matches);
});

export const files: Resource = {
  routes: [create, route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("files", id)), index],
  expansions: {
    file: {
      links: {
        include: (read, owner) => {
          const links = read.by("file_links", "file", owner.id).reverse();
          return wireList(`/v1/file_links?file=${owner.id}`, links.slice(0, 10), links.length > 10);
        },
      },
    },
  },
};

import { invalid, notModelled } from "../../http/errors";
import type { Account, Capability } from "../../tables";
import type { Tx } from "../../transaction";
import { type CapabilityName, capabilityName } from "./params";

type Status = "active" | "inactive" | "pending" | "unrequested";

const rowId = (account: string, name: CapabilityName) => `${account}/${name}`;

/** Asked for, a capability becomes active when the account has told who it is. */
export function requestCapability(tx: Tx, account: string, name: CapabilityName, requested: boolean): void {
  const { details_submitted: known } = tx.need("accounts", account);
  const before = tx.get("capabilities", rowId(account, name));
  if (!before && !requested) return;
  setStatus(tx, account, name, requested ? (known ? "active" : "inactive") : "unrequested", {
    requested,
    requested_at: requested ? (before?.requested_at ?? tx.now) : null,
  });
}

export function activateCapabilities(tx: Tx, account: string): void {
  for (const { id, requested } of tx.by("capabilities", "account", account))
    if (requested) setStatus(tx, account, nameOf(id), "active", {});
}

function setStatus(
  tx: Tx,
  account: string,
  name: CapabilityName,
  status: Status,
  more: Partial<Capability>,
): void {
  const id = rowId(account, name);
  const before = tx.get("capabilities", id);
  tx.put("capabilities", {
    ...(before ?? blank(account, id)),
    ...more,
    status,
    requirements: requirements(status),
  });
  const { capabilities, details_submitted: known } = tx.need("accounts", account);
  const { [name]: _old, ...others } = capabilities ?? {};
  const changed: Account["capabilities"] = { ...others, ...(status !== "unrequested" && { [name]: status }) };
  tx.patch("accounts", account, {
    capabilities: changed,
    charges_enabled: known && changed.card_payments === "active",
  });
  if (before) tx.within(account, () => tx.emit("capability.updated", "capabilities", id));
}

function blank(account: string, id: string): Omit<Capability, "status"> {
  return {
    id,
    object: "capability",
    account,
    future_requirements: noRequirements,
    requested: false,
    requested_at: null,
  };
}

const noRequirements: NonNullable<Capability["requirements"]> = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

/** What onboarding has to find out before an account may do anything. */
export const dueAtFirst = [
  "business_profile.url",
  "business_type",
  "external_account",
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

function requirements(status: Status): Capability["requirements"] {
  if (status !== "inactive") return noRequirements;
  return {
    ...noRequirements,
    currently_due: dueAtFirst,
    eventually_due: dueAtFirst,
    past_due: dueAtFirst,
    disabled_reason: "requirements.fields_needed",
  };
}

export function presentCapability(row: object): object {
  const capability = row as Capability;
  return { ...capability, id: nameOf(capability.id) };
}

function nameOf(id: string): CapabilityName {
  const name = id.slice(id.indexOf("/") + 1);
  return needName(name);
}

export function needName(name: string): CapabilityName {
  const known = capabilityName(name);
  if (known) return known;
  throw notModelled(`the capability ${name.slice(0, 50)}`);
}

export function needCapability(tx: Tx, account: Account, name: string): string {
  const id = rowId(account.id, needName(name));
  if (tx.get("capabilities", id)) return id;
  throw invalid(
    `The account ${account.id} never asked for the capability ${name}.`,
    "resource_missing",
    "id",
    404,
  );
}

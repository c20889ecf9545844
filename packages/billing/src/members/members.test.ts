import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberRole } from "../access/permissions";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { customerRouter } from "../trpc/customer-router";
import { seatsTaken } from "./queries";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

/** The same login, seen from the account it was let into. */
function within(session: CustomerSession, customerId: string, role: MemberRole): CustomerSession {
  const ctx = { ...session.ctx, actor: { ...session.ctx.actor, customerId, role } };
  return { ctx, customerId, caller: customerRouter.createCaller(ctx) };
}

async function colleague(owner: CustomerSession, role: MemberRole): Promise<CustomerSession> {
  const guest = await h.asCustomer();
  const { token } = await owner.caller.invitations.create({ email: guest.ctx.actor.email, role });
  await guest.caller.invitations.accept({ token });
  return within(guest, owner.customerId, role);
}

const reason = (word: string) => ({ cause: { reason: word } });
const actions = async (customerId: string) =>
  (await h.db.auditEntry.findMany({ where: { customerId }, orderBy: { seq: "asc" } })).map(
    ({ action }) => action,
  );

describe("members", () => {
  it("are listed with their roles, and take seats", async () => {
    const owner = await h.asCustomer();
    const viewer = await colleague(owner, "viewer");
    expect(await viewer.caller.members.list()).toMatchObject([
      { id: owner.ctx.actor.id, role: "owner", isYou: false, keptBecause: "last_owner" },
      { id: viewer.ctx.actor.id, role: "viewer", isYou: true, keptBecause: null },
    ]);
    expect(await seatsTaken(h.db, owner.customerId)).toBe(2);
  });

  it("change roles by an owner's hand only", async () => {
    const owner = await h.asCustomer();
    const other = await colleague(owner, "billing");
    const change = { memberId: other.ctx.actor.id, role: "owner" } as const;
    await expect(other.caller.members.changeRole(change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await owner.caller.members.changeRole(change);
    await owner.caller.members.changeRole(change);
    expect(await actions(owner.customerId)).toEqual([
      "customers.create",
      "invitations.create",
      "invitations.accept",
      "members.change_role",
    ]);
  });

  it("always have an owner, also when two owners demote or remove each other at once", async () => {
    const owner = await h.asCustomer();
    const own = { memberId: owner.ctx.actor.id };
    await expect(owner.caller.members.changeRole({ ...own, role: "viewer" })).rejects.toMatchObject(
      reason("last_owner"),
    );
    await expect(owner.caller.members.remove(own)).rejects.toMatchObject(reason("last_owner"));
    await expect(owner.caller.members.leave()).rejects.toMatchObject(reason("last_owner"));
    const second = await colleague(owner, "owner");
    const outcomes = await Promise.allSettled([
      owner.caller.members.remove({ memberId: second.ctx.actor.id }),
      second.caller.members.changeRole({ ...own, role: "viewer" }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await h.db.member.count({ where: { customerId: owner.customerId, role: "owner" } })).toBe(1);
  });

  it("may leave whatever their role, and what follows their session ends", async () => {
    const owner = await h.asCustomer();
    const viewer = await colleague(owner, "viewer");
    const abort = new AbortController();
    const live = await customerRouter.createCaller(viewer.ctx, { signal: abort.signal }).live.changes();
    const seen: string[] = [];
    const streaming = (async () => {
      for await (const change of live) seen.push(JSON.stringify(change));
    })();
    await expect.poll(() => seen.length).toBeGreaterThan(0);
    await viewer.caller.members.leave();
    await streaming;
    expect(seen.at(-1)).toContain("members");
    expect(await seatsTaken(h.db, owner.customerId)).toBe(1);
    await expect(viewer.caller.members.leave()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of several accounts choose the one they look at", async () => {
    const owner = await h.asCustomer();
    const guest = await h.asCustomer();
    const { token } = await owner.caller.invitations.create({ email: guest.ctx.actor.email, role: "viewer" });
    await guest.caller.invitations.accept({ token });
    expect(await guest.caller.session.accounts()).toMatchObject([
      { id: guest.customerId, role: "owner", isCurrent: true },
      { id: owner.customerId, role: "viewer", isCurrent: false },
    ]);
    await guest.caller.session.switchAccount({ accountId: guest.customerId });
    const login = { where: { id: guest.ctx.actor.id } };
    expect(await h.db.login.findUniqueOrThrow(login)).toMatchObject({ activeCustomerId: guest.customerId });
    const strange = (await h.asCustomer()).customerId;
    await expect(guest.caller.session.switchAccount({ accountId: strange })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("an invitation", () => {
  const invited = async () => {
    const owner = await h.asCustomer();
    const guest = await h.asCustomer();
    const email = guest.ctx.actor.email;
    const sent = await owner.caller.invitations.create({ email: email.toUpperCase(), role: "billing" });
    return { owner, guest, email, sent };
  };
  const accept = (session: CustomerSession, token: string) => session.caller.invitations.accept({ token });

  it("can be looked at without signing in, and is used once", async () => {
    const { owner, guest, email, sent } = await invited();
    expect(await h.nobody().customer.invitations.open({ token: sent.token })).toMatchObject({
      email,
      role: "billing",
      invitedBy: owner.ctx.actor.name,
      hasLogin: true,
    });
    const joined = { customerId: owner.customerId, role: "billing" };
    const answers = await Promise.all([accept(guest, sent.token), accept(guest, sent.token)]);
    expect(answers).toEqual([joined, joined]);
    expect(await accept(guest, sent.token)).toEqual(joined);
    expect(await owner.caller.invitations.list()).toEqual([]);
    const stranger = await h.asCustomer();
    await expect(accept(stranger, sent.token)).rejects.toMatchObject(reason("invitation_accepted"));
    await owner.caller.members.remove({ memberId: guest.ctx.actor.id });
    await expect(accept(guest, sent.token)).rejects.toMatchObject(reason("invitation_accepted"));
  });

  it("is for the address it was sent to", async () => {
    const { sent } = await invited();
    await expect(accept(await h.asCustomer(), sent.token)).rejects.toMatchObject(
      reason("invitation_for_other"),
    );
  });

  it("sent again has a new link, and the old one is nothing any more", async () => {
    const { owner, guest, sent } = await invited();
    const again = await owner.caller.invitations.resend({ invitationId: sent.invitation.id });
    expect(again.invitation.id).toBe(sent.invitation.id);
    await expect(accept(guest, sent.token)).rejects.toMatchObject(reason("invitation_not_found"));
    expect(await owner.caller.invitations.list()).toHaveLength(1);
    await accept(guest, again.token);
  });

  it("can be taken back", async () => {
    const { owner, guest, sent } = await invited();
    const input = { invitationId: sent.invitation.id };
    await owner.caller.invitations.revoke(input);
    await owner.caller.invitations.revoke(input);
    await expect(accept(guest, sent.token)).rejects.toMatchObject(reason("invitation_revoked"));
    await expect(owner.caller.invitations.resend(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("expires after a week, and can then be sent again", async () => {
    const { owner, guest, sent } = await invited();
    await h.db.invitation.updateMany({
      where: { id: sent.invitation.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    await expect(accept(guest, sent.token)).rejects.toMatchObject(reason("invitation_expired"));
    expect(await owner.caller.invitations.list()).toMatchObject([{ isExpired: true }]);
    const again = await owner.caller.invitations.resend({ invitationId: sent.invitation.id });
    await accept(guest, again.token);
  });

  it("goes neither to a member nor past the owners", async () => {
    const owner = await h.asCustomer();
    const viewer = await colleague(owner, "viewer");
    const email = viewer.ctx.actor.email;
    await expect(owner.caller.invitations.create({ email, role: "owner" })).rejects.toMatchObject(
      reason("already_member"),
    );
    await expect(viewer.caller.invitations.create({ email, role: "owner" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(viewer.caller.invitations.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("leaves no token in the database, and says nothing of links that never were", async () => {
    const { sent } = await invited();
    const rows = await h.db.invitation.findMany();
    expect(JSON.stringify(rows)).not.toContain(sent.token);
    const guess = h.nobody().customer.invitations.open({ token: randomUUID() + randomUUID() });
    await expect(guess).rejects.toMatchObject(reason("invitation_not_found"));
  });
});

import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Page } from "playwright-core";
import type { Person } from "./dashboard";
import type { Stack } from "./stack";

export interface StaffLogin {
  email: string;
  password: string;
}

export async function createStaff(stack: Stack, role: "viewer" | "support" | "admin"): Promise<StaffLogin> {
  const email = `${role}-${randomUUID().slice(0, 8)}@farebox.example`;
  const printed = await stack.billingScript("staff/staff-cli.ts", ["add", email, role]);
  return JSON.parse(printed) as StaffLogin;
}

export async function signInStaff(page: Page, stack: Stack, login: StaffLogin) {
  await page.goto(`${stack.adminUrl}/sign-in`);
  await page.getByLabel("Email").fill(login.email);
  await page.getByLabel("Password").fill(login.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
}

export async function refundHalf(page: Page, person: Person) {
  await page.getByRole("searchbox").first().fill(person.email);
  await page.getByRole("link", { name: person.company }).click();
  await page.getByRole("link", { name: "Invoices" }).click();
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("button", { name: "Refund" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Amount/).fill("49.50");
  await dialog.getByLabel("Internal note").fill("Half back for the outage");
  await dialog.getByRole("button", { name: /^Refund 49\.50/ }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** An object that could not be applied. */
export async function giveUp(pool: pg.Pool, objectId = "in_given_up") {
  await pool.query(
    `INSERT INTO dirty_object (account_id, object_type, object_id, due_at, attempts, dead_at, dead_reason,
      first_error, first_failed_at, last_error, last_failed_at)
    VALUES ('own', 'invoice', $1, NULL, 1, now(), 'not_mappable', 'TypeError: a line without a period',
      now() - interval '1 hour', 'TypeError: a line without a period', now())`,
    [objectId],
  );
}

/** As a sweep reports it: an invoice whose number was changed here. */
export async function findDrift(pool: pg.Pool) {
  const fields = [{ table: "invoice", id: "in_1", field: "number", ours: "FB-1", theirs: "FB-2" }];
  await pool.query(
    `WITH run AS (
      INSERT INTO reconcile_run (id, kind, repairs, requested_by, state, finished_at)
      VALUES ($1, 'sweep', false, 'nightly', 'done', now()) RETURNING id
    )
    INSERT INTO drift (run_id, object_type, object_id, kind, cause, fields)
    SELECT id, 'invoice', 'in_1', 'differs', 'changed_here', $2 FROM run`,
    [randomUUID(), JSON.stringify(fields)],
  );
}

import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Person } from "./dashboard";
import type { Stack } from "./stack";

export interface StaffLogin {
  email: string;
  password: string;
}

export async function createStaff(stack: Stack, role: "viewer" | "support"): Promise<StaffLogin> {
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

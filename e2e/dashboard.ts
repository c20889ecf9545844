import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Stack } from "./stack";

export interface Person {
  name: string;
  company: string;
  email: string;
  password: string;
}

export function newPerson(name: string): Person {
  const id = randomUUID().slice(0, 8);
  return {
    name,
    company: `${name} ${id}`,
    email: `${name.toLowerCase()}-${id}@company.example`,
    password: "a long password",
  };
}

export async function signUp(page: Page, stack: Stack, person: Person) {
  await page.goto(`${stack.dashboardUrl}/sign-up`);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Company").fill(person.company);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { level: 1, name: "Plans" }).waitFor();
}

export async function openCheckout(page: Page, plan: "Growth" | "Starter" | "Free") {
  await page.getByRole("link", { name: `Choose ${plan}` }).click();
  await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
}

const cardFrame = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]');

export async function fillCard(page: Page, number: string) {
  const frame = cardFrame(page);
  await frame.getByLabel("Card number").fill(number);
  await frame.getByLabel("Expiration date").fill("12 / 34");
  await frame.getByLabel("Security code").fill("123");
  const zip = frame.getByLabel("ZIP code");
  if (await zip.isVisible()) await zip.fill("94107");
}

export const pay = (page: Page) => page.getByRole("button", { name: /^Pay .+ now$/ }).click();

export async function answerChallenge(page: Page, answer: "Complete" | "Fail") {
  await page
    .frameLocator('iframe[title="3D Secure challenge"]')
    .getByRole("button", { name: `${answer} authentication` })
    .click();
}

export const planIsActive = (page: Page, plan = "Growth") =>
  page.getByRole("heading", { name: `${plan} is active` }).waitFor({ timeout: 20_000 });

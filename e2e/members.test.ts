import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { newPerson, signUp } from "./dashboard";
import { type Stack, startStack } from "./stack";

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it("somebody new joins by a link, and a removed member is out with the next request", async () => {
  const [home, away] = await Promise.all([
    browser.newContext({ locale: "en-US" }),
    browser.newContext({ locale: "en-US" }),
  ]);
  const owner = await home.newPage();
  const person = newPerson("Olga");
  await signUp(owner, stack, person);
  await owner.goto(`${stack.dashboardUrl}/members`);
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await owner.getByLabel("Email").fill(`guest-${person.email}`);
  await owner.getByRole("button", { name: "Make the invitation" }).click();
  const link = await owner.getByRole("textbox", { name: "Invitation link" }).inputValue();
  await owner.getByRole("button", { name: "Done" }).click();

  const guest = await away.newPage();
  await guest.goto(link);
  await guest.getByLabel("Your name").fill("Gerd");
  await guest.getByLabel("Password").fill("a long password");
  await guest.getByRole("button", { name: `Join ${person.company}` }).click();
  await guest.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await guest.getByText(person.company).first().waitFor();

  await owner.getByText("2 members").waitFor();
  await owner.getByRole("button", { name: "Remove Gerd" }).click();
  await owner.getByRole("alertdialog").getByRole("button", { name: "Remove the member" }).click();
  await owner.getByText("One member").waitFor();
  await guest.reload();
  await guest.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  expect(await guest.getByText(person.company).count()).toBe(0);
  await guest.goto(link);
  await guest.getByText("This invitation has been used already.").waitFor();
  await Promise.all([home.close(), away.close()]);
});

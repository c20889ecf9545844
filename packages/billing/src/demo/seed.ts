import { randomUUID } from "node:crypto";
import type { Billing, Ctx, MemberActor, StaffActor } from "../context";
import { createMemberLogin } from "../members/create-member-login";
import { createStaff } from "../staff/create-staff";
import { until } from "../testing/until";
import { type DemoCustomer, demoCustomers } from "./people";
import { seededRandom } from "./random";
import { patienceMs, stories } from "./stories";

export const demoPassword = "farebox-demo";

export interface DemoLogin {
  app: "dashboard" | "admin";
  email: string;
  password: string;
  what: string;
}

const atOnce = 6;
const shown = ["signed up, no plan", "pays monthly", "in trial with a card", "refunded in part"];

/**
 * Makes the demo world through the same verbs, sandbox and webhooks as everything else, and waits until every
 * webhook has been applied. Needs the webhook server to be running.
 */
export async function seedDemo(billing: Billing, sandboxUrl: string): Promise<DemoLogin[]> {
  const staff = await seedStaff(billing);
  const support = { ...billing, actor: staff.support, requestId: randomUUID(), ip: null };
  const people = demoCustomers(seededRandom(20_261_121));
  const tasks = stories.flatMap((story) => Array.from({ length: story.count }, () => story));
  if (tasks.length !== people.length)
    throw new Error(`${tasks.length} stories for ${people.length} customers`);

  const queue = tasks.map((story, index) => ({ story, person: people[index] as DemoCustomer }));
  const left = [...queue];
  async function tellNext(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      const actor = await seedMember(billing, next.person);
      if (!actor) continue;
      const ctx = { ...billing, actor, requestId: randomUUID(), ip: null } satisfies Ctx;
      await next.story.tell({ ctx, support, person: next.person, sandboxUrl });
    }
  }
  await Promise.all(Array.from({ length: atOnce }, tellNext));
  await until("every webhook to be applied", async () => (await undoneObjects(billing)) === 0, patienceMs);

  return [
    ...shown.flatMap((what) => {
      const first = queue.find(({ story }) => story.what === what);
      return first
        ? [{ app: "dashboard" as const, email: first.person.email, password: demoPassword, what }]
        : [];
    }),
    ...Object.values(staff).map((member) => ({
      app: "admin" as const,
      email: member.email,
      password: demoPassword,
      what: member.role,
    })),
  ];
}

async function seedStaff(
  billing: Billing,
): Promise<Record<"support" | "finance" | "viewer" | "admin", StaffActor>> {
  const make = async (name: string, role: StaffActor["role"]): Promise<StaffActor> => {
    const email = `${role}@farebox.example`;
    const known = await billing.db.staff.findUnique({ where: { email }, select: { id: true } });
    if (known) return { kind: "staff", id: known.id, name, email, role };
    return createStaff(billing, { name, role, email, password: demoPassword });
  };
  const [support, finance, viewer, admin] = await Promise.all([
    make("Sam Support", "support"),
    make("Fenna Finance", "finance"),
    make("Vera Viewer", "viewer"),
    make("Amir Admin", "admin"),
  ]);
  return { support, finance, viewer, admin };
}

/** null for who is there already: a seed that was interrupted goes on with the others. */
async function seedMember(billing: Billing, person: DemoCustomer): Promise<MemberActor | null> {
  const known = await billing.db.login.findUnique({ where: { email: person.email }, select: { id: true } });
  return known ? null : createMemberLogin(billing, { ...person, password: demoPassword });
}

async function undoneObjects({ pool }: Billing): Promise<number> {
  const result = await pool.query<{ undone: number }>(
    "select count(*)::int as undone from dirty_object where done_seq < dirty_seq and dead_at is null",
  );
  return result.rows[0]?.undone ?? 0;
}

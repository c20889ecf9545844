import { initTRPC } from "@trpc/server";
import { z } from "zod";

const t = initTRPC.context<{ actor: { id: string } | null }>().create();

const Money = z.object({ amount: z.number().int(), currency: z.enum(["usd", "eur", "jpy"]) });
const Noun = z.object({
  id: z.string(),
  name: z.string().min(1).max(200),
  state: z.enum(["draft", "open", "closed"]),
  price: Money,
  labels: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
type Noun = z.infer<typeof Noun>;
const ById = z.object({ id: z.string() });

const example = (id: string): Noun => ({
  id,
  name: "Example",
  state: "open",
  price: { amount: 1200, currency: "usd" },
  labels: [],
  createdAt: "2026-01-01T00:00:00Z",
});

export const nounsRouter = t.router({
  get: t.procedure.input(ById).query(({ input }) => example(input.id)),
  list: t.procedure
    .input(z.object({ limit: z.number().int().max(100), after: z.string().optional() }))
    .query(({ input }) => ({ items: [example(input.after ?? "1")], next: null })),
  search: t.procedure
    .input(Noun.pick({ state: true }).extend({ words: z.string() }))
    .query(({ input }) => [input.state, input.words].map(example)),
  total: t.procedure.input(ById).query(({ input }) => ({ ...example(input.id).price, of: input.id })),
  create: t.procedure.input(Noun.omit({ id: true, createdAt: true })).mutation(({ input }) => ({
    ...example("new"),
    ...input,
  })),
  update: t.procedure
    .input(Noun.partial().extend(ById.shape))
    .mutation(({ input }) => ({ ...example(input.id), changed: Object.keys(input) })),
  remove: t.procedure.input(ById).mutation(({ input }) => ({ removed: input.id })),
  close: t.procedure.input(ById).mutation(({ input }): Noun => ({ ...example(input.id), state: "closed" })),
  reprice: t.procedure
    .input(z.object({ id: z.string(), price: Money }))
    .mutation(({ input }) => ({ ...example(input.id), price: input.price })),
  label: t.procedure
    .input(z.object({ ids: z.array(z.string()).min(1), label: z.string() }))
    .mutation(({ input }) => input.ids.map((id) => ({ ...example(id), labels: [input.label] }))),
});

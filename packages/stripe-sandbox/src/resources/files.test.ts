import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../testing/start";

let world: Started;
let stripe: Stripe;
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(200, 7),
]);

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

function upload(data: Buffer, name = "receipt.png", given: Partial<Stripe.FileCreateParams> = {}) {
  return stripe.files.create({
    purpose: "dispute_evidence",
    file: { data, name, type: "application/octet-stream" },
    ...given,
  });
}

it("takes a file in parts, shows it, and gives its bytes to a secret key only", async () => {
  const file = await upload(png);
  expect(file).toMatchObject({ object: "file", filename: "receipt.png", size: png.length, type: "png" });
  expect(await stripe.files.retrieve(file.id)).toMatchObject({ id: file.id, purpose: "dispute_evidence" });
  expect((await stripe.files.list({ purpose: "business_logo" })).data).toEqual([]);
  const read = (key: string) => fetch(String(file.url), { headers: { authorization: `Bearer ${key}` } });
  const answer = await read(world.sandbox.secretKey);
  expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
  expect((await read("pk_test_x")).status).toBe(404);
  expect((await fetch(String(file.url))).status).toBe(401);
});

it("replays an upload with the same key and refuses another file under it", async () => {
  const send = (data: Buffer) =>
    stripe.files.create(
      { purpose: "dispute_evidence", file: { data, name: "a.png" } },
      { idempotencyKey: "upload-1" },
    );
  const first = await send(png);
  expect((await send(png)).id).toBe(first.id);
  await expect(send(Buffer.concat([png, png]))).rejects.toMatchObject({ rawType: "idempotency_error" });
});

it("refuses what is too large, empty, of another kind, or no file", async () => {
  const big = Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]);
  await expect(upload(big)).rejects.toMatchObject({ statusCode: 400, param: "file" });
  await expect(upload(Buffer.from("plain text"))).rejects.toMatchObject({ statusCode: 400, param: "file" });
  await expect(upload(png, "a.png", { purpose: "nonsense" })).rejects.toMatchObject({ param: "purpose" });
  const form = await fetch(`${world.sandbox.url}/v1/files`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_x" },
    body: new URLSearchParams({ purpose: "dispute_evidence", file: "text" }),
  });
  expect(form.status).toBe(400);
});

it("keeps no bytes in the record of calls", async () => {
  await upload(png);
  const call = world.sandbox.calls().findLast(({ path }) => path === "/v1/files");
  expect(JSON.stringify(call?.params)).not.toContain(png.toString("base64").slice(0, 40));
});

it("opens a file to whoever has the link, until it expires", async () => {
  const file = await upload(png, "b.png", { file_link_data: { create: true }, expand: ["links"] });
  const [made] = file.links?.data ?? [];
  expect((await fetch(String(made?.url))).status).toBe(200);
  const link = await stripe.fileLinks.create({ file: file.id, metadata: { a: "b" } });
  expect(await stripe.fileLinks.list({ file: file.id })).toMatchObject({
    data: [{ id: link.id }, { id: made?.id }],
  });
  const ended = await stripe.fileLinks.update(link.id, { expires_at: "now" });
  expect(ended.expired).toBe(true);
  expect((await fetch(String(link.url))).status).toBe(404);
});

import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Where a process dies: before its n-th statement reaches PostgreSQL, or when that is done and not yet answered. */
export interface Cut {
  statement: number;
  when: "before" | "after";
}

export interface WireProxy {
  databaseUrl: string;
  /** Statements that came by so far. */
  statements(): number;
  /** Counts from here, and cuts everything for good at that statement. */
  cutAt(cut: Cut): void;
  /** Cuts everything now and lets nothing through; or lets everything through again. */
  down(): void;
  up(): void;
  close(): Promise<void>;
}

/** Stands between a process and PostgreSQL. For the server and the database a cut looks like the end of the process. */
export async function wireProxy(databaseUrl: string): Promise<WireProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let seen = 0;
  let cut: Cut | null = null;
  let isDown = false;

  const down = () => {
    isDown = true;
    for (const socket of sockets) socket.destroy();
  };

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    if (isDown) return void client.destroy();
    let swallowing = false;
    const count = countStatements(() => {
      seen++;
      if (cut?.statement !== seen) return;
      if (cut.when === "before") down();
      else swallowing = true;
    });
    client.on("data", (chunk) => {
      count(chunk);
      if (!isDown) upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (!swallowing) client.write(chunk);
      else if (isReady(chunk)) down();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    databaseUrl: url.href,
    statements: () => seen,
    cutAt(next) {
      seen = 0;
      cut = next;
    },
    down,
    up() {
      isDown = false;
      cut = null;
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const typesOfStatements = new Set(["Q", "E"].map((letter) => letter.charCodeAt(0)));

/** Reads the frames a client sends: the first has no type, the others one letter and their length. */
function countStatements(onStatement: () => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const size = head + rest.readInt32BE(head);
      if (rest.length < size) return;
      if (started && typesOfStatements.has(rest[0] ?? 0)) onStatement();
      started = true;
      rest = rest.subarray(size);
    }
  };
}

/** The server has finished, and what it did is committed. */
const isReady = (chunk: Buffer) =>
  chunk.length >= 6 && chunk.subarray(-6, -1).equals(Buffer.from([0x5a, 0, 0, 0, 5]));

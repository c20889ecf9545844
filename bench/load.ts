import { connect, type Socket } from "node:net";

export interface Load {
  port: number;
  connections: number;
  /** The next request as bytes; undefined ends the load. */
  next(): Buffer | undefined;
  /** Told how long each answer took. */
  onAnswer?(ms: number): void;
}

const silentMs = 20_000;

/**
 * Sends requests over kept connections to 127.0.0.1, one at a time on each, and resolves to how many were answered
 * per second. Raw sockets, because a client as heavy as the server would measure itself. Anything but 200 is an error.
 */
export async function answeredPerSecond({ port, connections, next, onAnswer }: Load): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const started = performance.now();
  try {
    const answered = await Promise.all(sockets.map((socket) => converse(socket, next, onAnswer)));
    const seconds = (performance.now() - started) / 1000;
    return answered.reduce((sum, count) => sum + count, 0) / seconds;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** One kept connection for requests that are sent one at a time; those that come meanwhile wait. */
export async function connectionTo(port: number) {
  const socket = await open(port);
  let last: Promise<unknown> = Promise.resolve();
  return {
    send(request: Buffer): Promise<unknown> {
      const waiting = [request];
      const answered = last.then(() => converse(socket, () => waiting.pop()));
      last = answered.catch(() => undefined);
      return answered;
    },
    close: () => void socket.destroy(),
  };
}

/** The same request for so long. */
export function repeatFor(ms: number, request: Buffer): () => Buffer | undefined {
  const end = performance.now() + ms;
  return () => (performance.now() < end ? request : undefined);
}

export function requestBytes(
  line: string,
  headers: Record<string, string>,
  body: string | Buffer = "",
): Buffer {
  const all = { host: "127.0.0.1", "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${lines.join("")}\r\n`), Buffer.from(body)]);
}

const open = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });

function converse(socket: Socket, next: Load["next"], onAnswer?: Load["onAnswer"]): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let sentAt = 0;
    let received: Buffer = Buffer.alloc(0);
    const send = () => {
      const request = next();
      sentAt = performance.now();
      if (request) socket.write(request);
      else resolve(answered);
    };
    for (const event of ["error", "close", "data", "timeout"]) socket.removeAllListeners(event);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed a connection under load")));
    socket.setTimeout(silentMs, () => reject(new Error(`no answer within ${silentMs / 1000} s`)));
    socket.on("data", (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (!isWhole(received)) return;
      if (received.toString("latin1", 9, 12) !== "200") {
        reject(new Error(`answered ${received.toString("utf8").slice(0, 500)}`));
        return;
      }
      received = Buffer.alloc(0);
      answered += 1;
      onAnswer?.(performance.now() - sentAt);
      send();
    });
    send();
  });
}

function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const head = answer.toString("latin1", 0, end + 2).toLowerCase();
  const length = /\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return answer.toString("latin1", answer.length - 5) === "0\r\n\r\n";
}

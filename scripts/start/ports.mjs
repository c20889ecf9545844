import { connect, createServer } from "node:net";
import { Failure } from "./failure.mjs";

/** Refuses to go on when another program listens on a port one of our servers needs. */
export async function requireFreePorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    for (const host of ["127.0.0.1", "::"]) {
      const reason = await whyNotFree(port, host);
      if (reason)
        throw new Failure(
          `${reason}: stop what uses it, or choose another with ${name}=<port> (in .env or before npm start).`,
        );
    }
  }
}

function whyNotFree(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code }) => {
      if (code === "EADDRINUSE") resolve(`Port ${port} is taken by another program`);
      else if (code === "EACCES") resolve(`Port ${port} may not be used by this account`);
      else resolve(undefined);
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

const REASONS = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "there was no answer in 5 seconds",
};

/** A database that cannot be reached is said so before minutes go into installing and building. */
export async function requireReachable({ host, port }) {
  const code = host.startsWith("/") ? undefined : await connectionError(host, port);
  if (!code) return;
  throw new Failure(
    `The database of DATABASE_URL at ${host}:${port} cannot be reached: ${REASONS[code] ?? code}. Start it, correct DATABASE_URL, or remove it to use the embedded PostgreSQL.`,
  );
}

function connectionError(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5000 });
    const finish = (code) => {
      socket.destroy();
      resolve(code);
    };
    socket.once("connect", () => finish(undefined));
    socket.once("timeout", () => finish("ETIMEDOUT"));
    socket.once("error", (error) => finish(error.code ?? error.errors?.[0]?.code ?? error.message));
  });
}

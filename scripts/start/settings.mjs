import { Failure } from "./failure.mjs";
import { stripeMode } from "./stripe-mode.mjs";

const PORTS = {
  API_PORT: 4000,
  DASHBOARD_PORT: 3000,
  ADMIN_PORT: 3001,
  WEBHOOKS_PORT: 4100,
  SANDBOX_PORT: 12111,
};
const DEV_PORTS = {
  ...PORTS,
  DASHBOARD_PORT: undefined,
  ADMIN_PORT: undefined,
  DASHBOARD_DEV_PORT: 5173,
  ADMIN_DEV_PORT: 5174,
};

/** What the environment asks for, checked as a whole before anything is started. */
export function readSettings(env, { dev }) {
  const stripe = stripeMode(env);
  const ports = readPorts(env, dev ? DEV_PORTS : PORTS);
  if (stripe !== "sandbox") delete ports.SANDBOX_PORT;
  requireDistinct(ports);
  return {
    dev,
    stripe,
    ports,
    database: readDatabase(env.DATABASE_URL),
    apiUrl: `http://localhost:${ports.API_PORT}`,
    webhooksUrl: `http://localhost:${ports.WEBHOOKS_PORT}`,
    sandboxUrl: stripe === "sandbox" ? `http://127.0.0.1:${ports.SANDBOX_PORT}` : undefined,
    dashboardUrl:
      env.DASHBOARD_ORIGIN ?? `http://localhost:${ports.DASHBOARD_PORT ?? ports.DASHBOARD_DEV_PORT}`,
    adminUrl: env.ADMIN_ORIGIN ?? `http://localhost:${ports.ADMIN_PORT ?? ports.ADMIN_DEV_PORT}`,
  };
}

function readPorts(env, defaults) {
  const ports = {};
  for (const [name, fallback] of Object.entries(defaults)) {
    if (fallback !== undefined) ports[name] = readPort(name, env[name], fallback);
  }
  return ports;
}

function readPort(name, value, fallback) {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new Failure(`${name} is "${value}": it must be a port number from 1 to 65535.`);
}

function requireDistinct(ports) {
  const names = Object.keys(ports);
  for (const name of names) {
    const twin = names.find((other) => other !== name && ports[other] === ports[name]);
    if (twin)
      throw new Failure(`${name} and ${twin} are both ${ports[name]}: every server needs a port of its own.`);
  }
}

function readDatabase(value) {
  if (value === undefined) return undefined;
  const example = "postgresql://user:password@host:5432/database";
  let url;
  try {
    url = new URL(value);
  } catch {
    throw new Failure(
      `DATABASE_URL is not a URL: write it like ${example}, or remove it to use the embedded PostgreSQL.`,
    );
  }
  if (!["postgres:", "postgresql:"].includes(url.protocol) || url.pathname.length < 2) {
    throw new Failure(`DATABASE_URL must look like ${example}; remove it to use the embedded PostgreSQL.`);
  }
  return {
    url: value,
    host: url.searchParams.get("host") ?? (url.hostname.replace(/^\[|\]$/g, "") || "localhost"),
    port: Number(url.port || 5432),
    name: decodeURIComponent(url.pathname.slice(1)),
  };
}

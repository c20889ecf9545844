import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const stateDir = join(root, ".farebox");
export const logsDir = join(stateDir, "logs");
export const postgresDir = join(stateDir, "postgres");
export const sandboxDir = join(stateDir, "sandbox");
export const inRoot = (...parts) => join(root, ...parts);
export const inState = (...parts) => join(stateDir, ...parts);

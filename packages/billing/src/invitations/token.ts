import { createHash, randomBytes } from "node:crypto";

/** 256 random bits: nobody can make one, and what the database keeps of it cannot be turned back. */
export const newToken = (): string => randomBytes(32).toString("base64url");

export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

import { defineConfig } from "prisma/config";

// `prisma generate` works without the schema engine but insists that the configured file exists, so that
// nothing has to be downloaded to build. Every other command finds the engine as usual.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});

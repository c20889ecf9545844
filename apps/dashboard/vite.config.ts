import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";
import { firstPageBudget } from "./first-page-budget.ts";
import { firstPageChunk } from "./first-page-chunk.ts";

export default defineConfig(({ mode }) => {
  const { API_PORT = "4000" } = loadEnv(mode, import.meta.dirname, "API_");
  const api = `http://127.0.0.1:${API_PORT}`;
  return {
    plugins: [react(), tailwindcss(), firstPageBudget({ limitKb: 150, keepOut: ["/@stripe/", "/zod/"] })],
    publicDir: "../../packages/ui/public",
    server: { port: 5173, strictPort: true, proxy: { "/trpc": api, "/api": api } },
    build: {
      target: "es2022",
      rolldownOptions: {
        output: { codeSplitting: { groups: [firstPageChunk()] } },
        // The schemas re-export word lists; without this their zod objects would come along.
        treeshake: { moduleSideEffects: (id) => !id.includes("/packages/billing/") },
      },
    },
  };
});

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = { target: "http://127.0.0.1:4000", changeOrigin: false };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  publicDir: "../../packages/ui/public",
  server: { port: 5174, strictPort: true, proxy: { "/trpc": api, "/api": api } },
  build: { target: "es2022", sourcemap: true, assetsInlineLimit: 0 },
});

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Changes only with an upgrade, so browsers keep it while the console changes. */
const framework = {
  name: "framework",
  test: /node_modules\/(?:\.pnpm\/)?(?:react|react-dom|scheduler|@tanstack|@trpc)[@+/]/,
};

const api = { target: "http://127.0.0.1:4000", changeOrigin: false };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  publicDir: "../../packages/ui/public",
  server: { port: 5174, strictPort: true, proxy: { "/trpc": api, "/api": api } },
  build: {
    target: "es2022",
    sourcemap: true,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [framework] } } },
  },
});

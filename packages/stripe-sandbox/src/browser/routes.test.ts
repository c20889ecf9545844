import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { browserRoutes } from "./routes";

const routes = browserRoutes({ url: () => "http://127.0.0.1:12111" });

describe("browserRoutes", () => {
  it.each(["/stripe.js", "/_sandbox/client/card-frame.js", "/_sandbox/client/challenge.js"])(
    "serves the script %s to any origin",
    async (path) => {
      const response = await routes.request(path, { headers: { Origin: "http://localhost:3000" } });
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toMatch(/^text\/javascript/);
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect((await response.text()).length).toBeGreaterThan(1000);
    },
  );

  it("answers 304 to a page that has the script already", async () => {
    const first = await routes.request("/stripe.js");
    const tag = first.headers.get("ETag") ?? "";
    const second = await routes.request("/stripe.js", { headers: { "If-None-Match": tag } });
    expect(tag).not.toBe("");
    expect(second.status).toBe(304);
  });

  it.each(["/_sandbox/frames/card", "/_sandbox/3ds/pi_1?client_secret=pi_1_secret_2"])(
    "serves the page %s without inline code",
    async (path) => {
      const response = await routes.request(path);
      const html = await response.text();
      expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
      expect(response.headers.get("Content-Security-Policy")).toContain("script-src 'self'");
      expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|pi_1_secret_2/);
    },
  );

  it("serves the console without inline code, to nobody's frame", async () => {
    const page = await routes.request("/");
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(parts).toEqual(["/_sandbox/console.css", "/_sandbox/client/console.js"]);
    const types = await Promise.all(
      parts.map(async (path) => (await routes.request(path)).headers.get("Content-Type")),
    );
    expect(types).toEqual(["text/css; charset=utf-8", "text/javascript; charset=utf-8"]);
  });

  it("defines a Stripe of the pinned release that refuses live and secret keys", async () => {
    const window: { Stripe?: ((key: unknown) => object) & { version: string } } = {};
    const globals = { window, document: {}, HTMLScriptElement: class {}, URL, navigator: { language: "en" } };
    runInNewContext(await (await routes.request("/stripe.js")).text(), globals);
    expect(window.Stripe?.version).toBe("endive");
    expect(window.Stripe?.("pk_test_farebox")).toHaveProperty("confirmCardPayment");
    for (const key of ["pk_live_1", "sk_test_1", undefined]) {
      expect(() => window.Stripe?.(key)).toThrow(/publishable test key/);
    }
  });
});

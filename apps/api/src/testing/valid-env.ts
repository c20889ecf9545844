/** Complete, and pointing nowhere. */
export const validEnv = {
  DATABASE_URL: "postgresql://postgres@127.0.0.1:5432/farebox",
  API_PORT: "0",
  DASHBOARD_PORT: "0",
  ADMIN_PORT: "0",
  STRIPE_SECRET_KEY: "sk_test_farebox",
  STRIPE_PUBLISHABLE_KEY: "pk_test_farebox",
  STRIPE_API_BASE: "http://127.0.0.1:12111",
  STRIPE_JS_URL: "http://127.0.0.1:12111/stripe.js",
  AUTH_SECRET: "a secret that only tests would ever use",
};

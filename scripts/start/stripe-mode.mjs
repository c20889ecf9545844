import { Failure } from "./failure.mjs";

const SECRET = "STRIPE_SECRET_KEY";
const PUBLISHABLE = "STRIPE_PUBLISHABLE_KEY";
const WEBHOOK = "STRIPE_WEBHOOK_SECRET";
const KEYS = [SECRET, PUBLISHABLE, WEBHOOK];
const SANDBOX_KEYS = ["sk_test_farebox", "pk_test_farebox"];

/** "sandbox" when no Stripe key is set, else "test" or "live"; anything in between is refused. */
export function stripeMode(env) {
  const given = KEYS.filter((key) => env[key] !== undefined);
  for (const key of given) {
    if (env[key].trim() === "")
      throw new Failure(
        `${key} is empty: give it a value, or remove it everywhere to use the built-in Stripe sandbox.`,
      );
  }
  if (given.length === 0) return requireSandboxAllowed(env);
  const missing = KEYS.filter((key) => !given.includes(key));
  if (missing.length > 0) {
    throw new Failure(
      `${given.join(" and ")} ${are(given)} set but ${missing.join(" and ")} ${are(missing)} not: set all three for real Stripe, or none for the sandbox.`,
    );
  }
  return realMode(env);
}

const are = (names) => (names.length === 1 ? "is" : "are");

function realMode(env) {
  const secretMode = /^(?:sk|rk)_(test|live)_\w+$/.exec(env[SECRET])?.[1];
  if (!secretMode) throw new Failure(`${SECRET} must begin with sk_test_, sk_live_, rk_test_ or rk_live_.`);
  const publishableMode = /^pk_(test|live)_\w+$/.exec(env[PUBLISHABLE])?.[1];
  if (!publishableMode) throw new Failure(`${PUBLISHABLE} must begin with pk_test_ or pk_live_.`);
  if (secretMode !== publishableMode) {
    throw new Failure(
      `${SECRET} is a ${secretMode} key but ${PUBLISHABLE} is a ${publishableMode} key: both must come from the same mode.`,
    );
  }
  if (!env[WEBHOOK].split(",").every((secret) => /^whsec_\S+$/.test(secret.trim()))) {
    throw new Failure(`${WEBHOOK} must begin with whsec_ (several are separated by commas).`);
  }
  if (SANDBOX_KEYS.includes(env[SECRET]) || SANDBOX_KEYS.includes(env[PUBLISHABLE])) {
    throw new Failure(
      `${SECRET} or ${PUBLISHABLE} is a key of the built-in sandbox, which real Stripe refuses: remove all three STRIPE_ keys to use the sandbox.`,
    );
  }
  if (secretMode === "live" && env.STRIPE_API_BASE) {
    throw new Failure(
      `A live ${SECRET} must not be sent to STRIPE_API_BASE (${env.STRIPE_API_BASE}): remove STRIPE_API_BASE.`,
    );
  }
  if (secretMode === "test") requireTestKeysAllowed(env);
  return secretMode;
}

function requireSandboxAllowed(env) {
  if (env.NODE_ENV !== "production") return "sandbox";
  throw new Failure(
    "NODE_ENV is production but no Stripe key is set: set live keys, or unset NODE_ENV to use the built-in sandbox.",
  );
}

function requireTestKeysAllowed(env) {
  if (env.NODE_ENV !== "production" || ["true", "1"].includes(env.ALLOW_TEST_KEYS)) return;
  throw new Failure(
    "NODE_ENV is production but the Stripe keys are test keys: set live keys, or ALLOW_TEST_KEYS=true if that is meant.",
  );
}

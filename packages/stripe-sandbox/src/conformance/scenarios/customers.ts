import { refused } from "../refused";
import type { Scenario } from ".";

export const customers: Scenario = async (stripe) => {
  const bare = await stripe.customers.create();
  const full = await stripe.customers.create({
    name: "Ada",
    email: "ada@example.com",
    phone: "+4912345",
    description: "First",
    address: { line1: "Weg 1", city: "Berlin", postal_code: "10115", country: "DE" },
    shipping: { name: "Ada", address: { line1: "Weg 1", city: "Berlin", country: "DE" } },
    preferred_locales: ["de", "en"],
    tax_exempt: "reverse",
    invoice_settings: { footer: "Thanks" },
    metadata: { tier: "gold" },
    payment_method: "pm_card_visa",
  });
  await stripe.customers.update(full.id, { name: "Ada L.", metadata: { tier: "" }, phone: "" });
  await stripe.customers.update(full.id, { invoice_settings: { footer: "" }, address: "", shipping: "" });
  await stripe.customers.list({ email: "ada@example.com" });
  await stripe.customers.search({ query: "email:'ada@example.com'", expand: ["total_count"] });
  await stripe.customers.search({ query: "name~'Ada' OR email:'x@example.com'", limit: 1 });
  const entry = await stripe.customers.createBalanceTransaction(full.id, {
    amount: -500,
    currency: "usd",
    description: "Welcome",
    expand: ["customer"],
  });
  await stripe.customers.retrieveBalanceTransaction(full.id, entry.id);
  await stripe.customers.listBalanceTransactions(full.id);
  await stripe.customers.del(bare.id);
  await stripe.customers.retrieve(bare.id);
  await refused(stripe.customers.update(bare.id, { name: "x" }));
  await refused(stripe.customers.retrieve("cus_none"));
  await refused(stripe.customers.create({ email: "x".repeat(600) }));
  await refused(stripe.customers.list({ limit: 1000 }));
};

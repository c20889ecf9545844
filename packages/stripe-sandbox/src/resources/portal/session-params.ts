import { hash, int, list, natural, oneOf, only, text, unsupported } from "../../http/params";
import { address } from "./configuration-params";

const locales =
  "auto bg cs da de el en en-AU en-CA en-GB en-IE en-IN en-NZ en-SG es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW".split(
    " ",
  );
const ofSubscription = hash({ subscription: text }, ["subscription"]);

const flow = hash(
  {
    after_completion: hash(
      {
        hosted_confirmation: hash({ custom_message: text }),
        redirect: hash({ return_url: address }, ["return_url"]),
        type: oneOf("hosted_confirmation", "portal_homepage", "redirect"),
      },
      ["type"],
    ),
    subscription_cancel: hash(
      {
        retention: hash({ coupon_offer: hash({ coupon: text }, ["coupon"]), type: only("coupon_offer") }, [
          "coupon_offer",
          "type",
        ]),
        subscription: text,
      },
      ["subscription"],
    ),
    subscription_pause: ofSubscription,
    subscription_update: ofSubscription,
    subscription_update_confirm: hash(
      {
        discounts: list(hash({ coupon: text, promotion_code: text })),
        items: list(hash({ id: text, price: text, quantity: natural }, ["id"])),
        subscription: text,
      },
      ["items", "subscription"],
    ),
    type: oneOf(
      "customer_update",
      "payment_method_update",
      "subscription_cancel",
      "subscription_pause",
      "subscription_update",
      "subscription_update_confirm",
    ),
  },
  ["type"],
);
export type FlowGiven = ReturnType<typeof flow>;

export const sessionParams = hash({
  after_expiration: hash({ customer_login: hash({ expires_at: int }), type: only("customer_login") }, [
    "type",
  ]),
  configuration: text,
  customer: text,
  customer_account: unsupported,
  flow_data: flow,
  locale: oneOf(...locales),
  on_behalf_of: unsupported,
  return_url: address,
});
export type SessionGiven = ReturnType<typeof sessionParams>;

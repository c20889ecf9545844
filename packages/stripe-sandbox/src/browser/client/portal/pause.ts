import { h } from "../console/dom";
import { choices, chosen, workForm } from "../hosted/parts";
import { backHome, nameOf, subscriptionOf, type View } from "./page";

export const pauseView: View = (portal, place, inFlow) => {
  const subscription = subscriptionOf(portal, place);
  const rules = portal.state.features.pause;
  const options = (rules?.type === "interval_options" ? rules.options : []).map(
    ({ interval, interval_count: count }, at) => ({
      value: `${interval} ${count}`,
      label: count === 1 ? `1 ${interval}` : `${count} ${interval}s`,
      checked: at === 0,
    }),
  );
  const times = options.length > 0 ? choices("duration", "For how long?", options) : undefined;
  return h(
    "div",
    {},
    h("h1", {}, "Pause your subscription"),
    h(
      "p",
      {},
      `While ${nameOf(subscription)} is paused, you are not charged. What you paid for and did not use is credited.`,
    ),
    workForm(
      { submit: "Pause subscription", ...backHome(portal, inFlow) },
      async () => {
        const [interval, count] = (times && chosen(times, "duration")?.split(" ")) ?? [];
        const duration = interval ? { interval, interval_count: count } : {};
        const { next } = await portal.act("pause", { subscription: subscription.id, ...duration });
        await portal.done("Your subscription is paused.", next);
      },
      times,
    ),
  );
};

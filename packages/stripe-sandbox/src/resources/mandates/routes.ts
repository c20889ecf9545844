import { hash } from "../../http/params";
import { type Resource, ref, route } from "../resource";

export const mandates: Resource = {
  routes: [route("GET", "/v1/mandates/:", hash({}), ({ tx, ids: [id] }) => tx.view("mandates", id))],
  expansions: { mandate: { payment_method: ref("payment_methods") } },
};

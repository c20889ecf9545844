import { lazyRouteComponent } from "@tanstack/react-router";

/**
 * A page in a file of its own. When its file is missing because a new version replaced it, the router reloads the
 * browser. That must not happen without a connection: it would leave an empty window in place of the app.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(async () => {
    try {
      return await load();
    } catch (error) {
      if (await serverAnswers()) throw error;
      throw new Error("the file of this page could not be fetched", { cause: error });
    }
  }, name);

const serverAnswers = () =>
  fetch("/", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );

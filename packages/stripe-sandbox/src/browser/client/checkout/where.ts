/** Inside a page of the merchant the client secret is the key; it stays out of every log of addresses. */
const key = new URLSearchParams(location.hash.slice(1)).get("key");

export const isEmbedded = window.parent !== window;

export function path(part: string): string {
  const id = location.pathname.split("/").at(-1) ?? "";
  const query = key ? `?${new URLSearchParams({ key })}` : "";
  return `/c/pay/${encodeURIComponent(id)}/${part}${query}`;
}

/** An embedded page tells the page around it; that one leaves, or stays when it was asked to. */
export function whenDone(url: string | null): void {
  if (isEmbedded) tellParent({ type: "complete", url });
  else if (url) location.assign(url);
}

export function tellParent(message: { type: string; [field: string]: unknown }): void {
  const parent = new URLSearchParams(location.hash.slice(1)).get("parent");
  if (isEmbedded && parent)
    window.parent.postMessage({ ...message, from: "farebox-sandbox:checkout" }, parent);
}

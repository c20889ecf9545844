const key = "farebox-invitation";

/** The token leaves the address as soon as it was read; a sign-in in between finds it again in this tab. */
export function takeToken(): string | null {
  const fromLink = window.location.hash.slice(1);
  if (!fromLink) return remembered();
  window.history.replaceState(window.history.state, "", window.location.pathname);
  try {
    window.sessionStorage.setItem(key, fromLink);
  } catch {
    // Without storage it lasts as long as the page.
  }
  return fromLink;
}

export function forgetToken(): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // There is nothing to forget.
  }
}

function remembered(): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

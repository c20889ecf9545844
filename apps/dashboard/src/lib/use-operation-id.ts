import { useState } from "react";

/** The id of what a form will do: each try has the same one, until it is done and the next begins. */
export function useOperationId(): [id: string, next: () => void] {
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  return [id, () => setId(crypto.randomUUID())];
}

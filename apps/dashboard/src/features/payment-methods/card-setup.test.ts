import { describe, expect, it } from "vitest";
import { closeSetup, openSetup, rememberSetup } from "./card-setup";

function memory(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const rows = new Map<string, string>();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
  };
}

describe("a card form that was sent", () => {
  it("is found again after a reload, by its own account only", () => {
    const store = memory();
    rememberSetup("a", { operationId: "o1", makeDefault: true }, store);
    expect(openSetup("a", store)).toEqual({ operationId: "o1", makeDefault: true });
    expect(openSetup("b", store)).toBeNull();
    closeSetup("a", store);
    expect(openSetup("a", store)).toBeNull();
  });

  it.each(["", "{", "null", "[]", '{"operationId":1}'])("is nothing where the store holds %j", (text) => {
    const store = memory();
    store.setItem("farebox-card:a", text);
    expect(openSetup("a", store)).toBeNull();
  });
});

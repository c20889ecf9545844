import { type FrameKind, isBare } from "../frame-channel";
import type { ElementState } from "./element-options";

export type ElementClasses = Partial<Record<ElementState, string>>;

const usual: Record<ElementState, string> = {
  base: "StripeElement",
  complete: "StripeElement--complete",
  empty: "StripeElement--empty",
  focus: "StripeElement--focus",
  invalid: "StripeElement--invalid",
};

export interface ContainerMarks {
  begin(container: HTMLElement): void;
  follow(name: string, detail: Record<string, unknown>): void;
  clear(): void;
}

/** The fields without labels have no border either: the page draws it, by these classes of their container. */
export function containerMarks(kind: FrameKind, classes: () => ElementClasses): ContainerMarks {
  const marked = isBare(kind);
  let container: HTMLElement | undefined;
  const set = (state: ElementState, on: boolean) => {
    for (const name of (classes()[state] ?? usual[state]).split(/\s+/).filter(Boolean)) {
      if (marked) container?.classList.toggle(name, on);
    }
  };
  return {
    begin: (opened) => {
      container = opened;
      set("base", true);
      set("empty", true);
    },
    follow: (name, detail) => {
      if (name === "focus" || name === "blur") set("focus", name === "focus");
      if (name !== "change") return;
      set("empty", detail.empty === true);
      set("complete", detail.complete === true);
      set("invalid", detail.error !== undefined);
    },
    clear: () => {
      for (const state of Object.keys(usual)) set(state as ElementState, false);
      container = undefined;
    },
  };
}

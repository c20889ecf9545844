import { Slot } from "radix-ui/slot";
import * as Primitive from "radix-ui/tabs";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

const listLook = "flex gap-4 overflow-x-auto border-b px-1 pt-1";
const tabLook = cn(
  "-mb-px inline-flex min-h-9 shrink-0 items-center gap-2 whitespace-nowrap border-transparent border-b-2 px-1 font-medium text-quiet text-sm no-underline transition-colors hover:text-ink -outline-offset-2!",
  "data-[state=active]:border-accent data-[state=active]:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink",
);

interface TabsProps<Value extends string> {
  label: string;
  tabs: readonly { value: Value; label: ReactNode; content: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Tabs that stay on one page. For tabs with their own URL use LinkTabs. */
export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  function choose(chosen: string) {
    const tab = tabs.find((candidate) => candidate.value === chosen);
    if (tab) onChange(tab.value);
  }
  return (
    <Primitive.Root value={value} onValueChange={choose}>
      <Primitive.List aria-label={label} className={listLook}>
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.value} value={tab.value} className={tabLook}>
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="pt-6">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}

export function LinkTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={listLook}>
      {children}
    </nav>
  );
}

/** Its only child is a router link; the one with `aria-current="page"` is the open tab. */
export function LinkTab(props: ComponentProps<typeof Slot>) {
  return <Slot {...props} className={cn(tabLook, props.className)} />;
}

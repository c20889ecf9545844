import { Check, type LucideIcon } from "lucide-react";
import * as Primitive from "radix-ui/dropdown-menu";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

interface DropdownMenuProps {
  /** The button that opens the menu; it must be one element that takes a ref. */
  trigger: ReactNode;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}

export function DropdownMenu({ trigger, align = "end", className, children }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-enter overflow-y-auto rounded-lg border bg-raised p-1 text-sm shadow-float",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const itemLook = cn(
  "flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-md px-2 py-1 no-underline -outline-offset-2!",
  "data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
);

interface DropdownMenuItemProps extends ComponentProps<typeof Primitive.Item> {
  icon?: LucideIcon;
  tone?: "neutral" | "danger";
  /** Right edge: a shortcut. */
  aside?: ReactNode;
}

/** With `asChild` the only child (a router link) is the item; icon and aside are then its own. */
export function DropdownMenuItem({
  icon: Icon,
  tone,
  aside,
  asChild,
  className,
  children,
  ...props
}: DropdownMenuItemProps) {
  return (
    <Primitive.Item
      asChild={asChild}
      className={cn(itemLook, tone === "danger" && "text-danger", className)}
      {...props}
    >
      {asChild ? (
        children
      ) : (
        <>
          {Icon ? <Icon aria-hidden className={tone === "danger" ? "" : "text-quiet"} /> : null}
          <span className="min-w-0 flex-1">{children}</span>
          {aside}
        </>
      )}
    </Primitive.Item>
  );
}

interface DropdownMenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode; icon?: LucideIcon }[];
  onChange: (value: Value) => void;
}

export function DropdownMenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: DropdownMenuChoiceProps<Value>) {
  function choose(chosen: string) {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  }
  return (
    <Primitive.RadioGroup value={value} onValueChange={choose} aria-label={label}>
      {options.map(({ icon: Icon, ...option }) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={itemLook}>
          {Icon ? <Icon aria-hidden className="text-quiet" /> : null}
          <span className="min-w-0 flex-1">{option.label}</span>
          <span className="size-4">
            <Primitive.ItemIndicator>
              <Check aria-hidden />
            </Primitive.ItemIndicator>
          </span>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn("px-2 py-1.5 text-quiet text-xs", className)} {...props} />;
}

export function DropdownMenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-border" />;
}

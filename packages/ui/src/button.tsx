import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui/slot";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium text-sm no-underline transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-ink hover:bg-accent-hover",
        secondary: "border-strong bg-raised text-ink hover:bg-hover",
        ghost: "border-transparent bg-transparent text-ink hover:bg-hover",
        danger: "border-transparent bg-danger-solid text-accent-ink hover:bg-danger-solid-hover",
        link: "h-auto! border-transparent px-0! text-accent-text underline underline-offset-4 hover:decoration-2",
      },
      size: {
        sm: "h-8 px-3",
        md: "h-(--control-height) px-4 compact:px-3",
        lg: "h-12 px-6 text-base",
        icon: "size-(--control-height) px-0",
        "icon-sm": "size-8 px-0",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Renders the only child (a router link) with the look of a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks, but keeps the focus and the words. */
  pending?: boolean;
}

export function Button({ asChild, className, pending, size, variant, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) return <Slot className={classes} {...props} />;

  const { children, onClick, type = "button", ...rest } = props;
  function refuseWhilePending(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      type={type}
      className={classes}
      aria-busy={pending || undefined}
      aria-disabled={pending || rest["aria-disabled"]}
      onClick={refuseWhilePending}
    >
      {pending ? <Spinner label="" /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "asChild"> {
  /** The name of the button for screen readers and as a tooltip of the browser. */
  label: string;
}

export function IconButton({ label, children, pending, ...props }: IconButtonProps) {
  return (
    <Button variant="ghost" size="icon" title={label} aria-label={label} pending={pending} {...props}>
      {pending ? null : children}
    </Button>
  );
}

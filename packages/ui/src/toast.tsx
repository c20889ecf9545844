import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";
import { useWords } from "./locale";
import { Spinner } from "./spinner";
import { useTheme } from "./theme";

export { toast } from "sonner";

/** Once per app, beside the router. Then `toast.success("Saved", { action: { label: "Undo", onClick } })`. */
export function Toaster() {
  const words = useWords();
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme}
      className="font-sans!"
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      containerAriaLabel={words.notifications}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-success" />,
        info: <Info aria-hidden className="size-4 text-info" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
        loading: <Spinner label="" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full sm:w-[356px] items-center gap-3 rounded-lg border bg-raised p-4 text-sm text-ink shadow-float",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "mt-0.5 text-quiet!",
          icon: "shrink-0",
          actionButton:
            "h-8 shrink-0 rounded-md border border-strong px-3 font-medium transition-colors hover:bg-hover",
          cancelButton:
            "h-8 shrink-0 rounded-md px-3 font-medium text-quiet transition-colors hover:bg-hover",
        },
      }}
    />
  );
}

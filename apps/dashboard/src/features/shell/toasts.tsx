export { Toaster as Toasts } from "@farebox/ui/toast";

import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { SignInAnswer } from "../../lib/session";
import { type AccountField, type AccountProblem, accountProblem } from "./rules";

type FieldErrors = Partial<Record<AccountField, string>>;

interface AccountFormProps {
  submitLabel: string;
  next: string | undefined;
  check: (form: FormData) => FieldErrors;
  send: (form: FormData) => Promise<SignInAnswer>;
  children: (errors: FieldErrors) => ReactNode;
}

/** What signing in and signing up share: one request at a time, and the focus on what is to fix. */
export function AccountForm({ submitLabel, next, check, send, children }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const alert = useRef<HTMLDivElement>(null);
  const queryClient = useQueryClient();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<string | null>(null);

  function show(found: FieldErrors, message: string | null) {
    flushSync(() => {
      setPending(false);
      setErrors(found);
      setProblem(message);
    });
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    (field ?? alert.current)?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const missing = check(data);
    if (Object.keys(missing).length > 0) return show(missing, null);
    setPending(true);
    setErrors({});
    setProblem(null);
    const answer = await send(data);
    if (!answer.ok) {
      const found: AccountProblem = accountProblem(answer);
      return found.field ? show({ [found.field]: found.message }, null) : show({}, found.message);
    }
    queryClient.clear();
    router.history.push(next ?? "/");
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      {problem ? (
        <div ref={alert} tabIndex={-1} className="rounded-lg">
          <Banner tone="danger" role="alert" title={problem} />
        </div>
      ) : null}
      {children(errors)}
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-2 w-full">
        {submitLabel}
      </Button>
    </form>
  );
}

export const text = (form: FormData, name: string): string => String(form.get(name) ?? "");

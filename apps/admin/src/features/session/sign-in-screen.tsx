import { Banner } from "@farebox/ui/banner";
import { BrandMark } from "@farebox/ui/brand-mark";
import { Button } from "@farebox/ui/button";
import { Card, CardContent } from "@farebox/ui/card";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { ThemeMenu } from "@farebox/ui/theme-menu";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useScreenTitle } from "../console/use-screen-title";
import { signIn } from "./staff-auth";

export function SignInScreen({ next }: { next: string | undefined }) {
  useScreenTitle("Sign in");
  const { submit, pending, problem } = useSignIn(next ?? "/customers");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex justify-end p-3">
        <ThemeMenu />
      </header>
      <main className="mx-auto grid w-full max-w-sm flex-1 content-start gap-6 px-4 pt-[10dvh] pb-16">
        <div className="grid justify-items-center gap-3 text-center">
          <BrandMark className="size-9" />
          <h1 className="text-xl">Farebox console</h1>
          <p className="text-quiet">For staff. Customers sign in on the dashboard.</p>
        </div>
        <Card>
          <CardContent>
            <form className="grid gap-4" onSubmit={submit} noValidate>
              {problem ? <Banner tone="danger" role="alert" title={problem} /> : null}
              <Field label="Email">
                <Input
                  name="email"
                  type="email"
                  autoComplete="username"
                  inputMode="email"
                  required
                  autoFocus
                />
              </Field>
              <Field label="Password">
                <Input name="password" type="password" autoComplete="current-password" required />
              </Field>
              <Button type="submit" variant="primary" pending={pending}>
                Sign in
              </Button>
            </form>
          </CardContent>
        </Card>
      </main>
    </div>
  );
}

function useSignIn(next: string) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email")).trim();
    const password = String(form.get("password"));
    if (!email || !password) return setProblem("Enter your email and your password.");
    setPending(true);
    const result = await signIn(email, password);
    setPending(false);
    if (!result.ok) return setProblem(result.message);
    queryClient.clear();
    router.history.replace(next);
  }
  return { submit, pending, problem };
}

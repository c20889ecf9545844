import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { TextLink } from "@farebox/ui/link";
import { getRouteApi, Link } from "@tanstack/react-router";
import { signIn } from "../../lib/session";
import { Page } from "../shell/page";
import { PlainLayout } from "../shell/plain-layout";
import { AccountForm, text } from "./account-form";
import { missingFields } from "./rules";

const route = getRouteApi("/sign-in");

const credentials = (form: FormData) => ({
  email: text(form, "email").trim(),
  password: text(form, "password"),
});

export function SignInPage() {
  const { next } = route.useSearch();
  return (
    <PlainLayout>
      <Page title="Sign in" description="See your plan, pay, and find your invoices.">
        <AccountForm
          submitLabel="Sign in"
          next={next}
          check={(form) => missingFields(credentials(form), 1)}
          send={(form) => signIn(credentials(form))}
        >
          {(errors) => (
            <>
              <Field label="Email" error={errors.email} required>
                <Input name="email" type="email" autoComplete="username" />
              </Field>
              <Field label="Password" error={errors.password} required>
                <Input name="password" type="password" autoComplete="current-password" />
              </Field>
            </>
          )}
        </AccountForm>
        <p className="mt-6 text-quiet">
          New here?{" "}
          <TextLink asChild>
            <Link to="/sign-up" search={{ next }}>
              Create an account
            </Link>
          </TextLink>
        </p>
      </Page>
    </PlainLayout>
  );
}

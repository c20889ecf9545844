import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { TextLink } from "@farebox/ui/link";
import { getRouteApi, Link } from "@tanstack/react-router";
import { signUp } from "../../lib/session";
import { Page } from "../shell/page";
import { PlainLayout } from "../shell/plain-layout";
import { AccountForm, text } from "./account-form";
import { missingFields } from "./rules";

const route = getRouteApi("/sign-up");
const minPassword = 8;

const account = (form: FormData) => ({
  name: text(form, "name").trim(),
  company: text(form, "company").trim() || undefined,
  email: text(form, "email").trim(),
  password: text(form, "password"),
});

export function SignUpPage() {
  const { next } = route.useSearch();
  return (
    <PlainLayout>
      <Page title="Create your account" description="It takes a minute. You choose a plan afterwards.">
        <AccountForm
          submitLabel="Create account"
          next={next ?? "/plans"}
          check={(form) => missingFields(account(form), minPassword)}
          send={(form) => signUp(account(form))}
        >
          {(errors) => (
            <>
              <Field label="Your name" error={errors.name} required>
                <Input name="name" autoComplete="name" />
              </Field>
              <Field label="Company" optional>
                <Input name="company" autoComplete="organization" />
              </Field>
              <Field label="Email" error={errors.email} required>
                <Input name="email" type="email" autoComplete="email" />
              </Field>
              <Field
                label="Password"
                description={`At least ${minPassword} characters.`}
                error={errors.password}
                required
              >
                <Input name="password" type="password" autoComplete="new-password" />
              </Field>
            </>
          )}
        </AccountForm>
        <p className="mt-6 text-quiet">
          You have an account?{" "}
          <TextLink asChild>
            <Link to="/sign-in" search={{ next }}>
              Sign in
            </Link>
          </TextLink>
        </p>
      </Page>
    </PlainLayout>
  );
}

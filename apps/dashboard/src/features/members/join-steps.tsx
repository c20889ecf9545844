import { Banner } from "@farebox/ui/banner";
import { Button } from "@farebox/ui/button";
import { Field } from "@farebox/ui/field";
import { Input } from "@farebox/ui/input";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf } from "../../lib/failure";
import { signOut, signUp } from "../../lib/session";
import { trpc } from "../../lib/trpc";
import { AccountForm, text } from "../account/account-form";
import { missingFields } from "../account/rules";
import { forgetToken } from "./invitation-token";

const minPassword = 8;

interface JoinProps {
  token: string;
  customerName: string;
}

export function JoinAsMember({ token, customerName }: JoinProps) {
  const accept = trpc.invitations.accept.useMutation();

  async function join() {
    try {
      await accept.mutateAsync({ token });
      forgetToken();
      window.location.assign("/");
    } catch {
      // Said above the button.
    }
  }

  return (
    <div className="grid gap-4">
      {accept.error ? (
        <Banner role="alert" tone="danger" title="You did not join.">
          {failureOf(accept.error).message}
        </Banner>
      ) : null}
      <Button variant="primary" size="lg" pending={accept.isPending} onClick={() => void join()}>
        Join {customerName}
      </Button>
    </div>
  );
}

interface SigningInProps {
  email: string;
  hasLogin: boolean;
  signedInAs: string | null;
}

export function JoinBySigningIn({ email, hasLogin, signedInAs }: SigningInProps) {
  const navigate = useNavigate();
  const [problem, setProblem] = useState(false);

  async function goOn() {
    if (signedInAs) {
      const answer = await signOut();
      if (!answer.ok) return setProblem(true);
    }
    if (hasLogin) await navigate({ to: "/sign-in", search: { next: "/join" } });
    else window.location.reload();
  }

  return (
    <div className="grid gap-4">
      <p>
        {signedInAs ? `You are signed in as ${signedInAs}. ` : ""}
        {hasLogin ? `Sign in as ${email} to join.` : `Make a login for ${email} to join.`}
      </p>
      {problem ? (
        <Banner
          role="alert"
          tone="danger"
          title="We could not sign you out. Check your connection and try again."
        />
      ) : null}
      <Button variant="primary" size="lg" onClick={() => void goOn()}>
        {signedInAs ? "Sign out and go on" : "Sign in"}
      </Button>
    </div>
  );
}

export function JoinWithNewLogin({ token, email, customerName }: JoinProps & { email: string }) {
  const account = (form: FormData) => ({
    name: text(form, "name").trim(),
    email,
    password: text(form, "password"),
  });
  return (
    <AccountForm
      submitLabel={`Join ${customerName}`}
      next="/"
      check={(form) => missingFields(account(form), minPassword)}
      send={async (form) => {
        const answer = await signUp({ ...account(form), invitation: token });
        if (answer.ok) forgetToken();
        return answer;
      }}
    >
      {(errors) => (
        <>
          <Field label="Email" error={errors.email}>
            <Input name="email" type="email" autoComplete="username" value={email} readOnly />
          </Field>
          <Field label="Your name" error={errors.name} required>
            <Input name="name" autoComplete="name" />
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
  );
}

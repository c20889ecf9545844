// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Checkbox } from "./checkbox";
import { Field } from "./field";
import { Input } from "./input";
import { Select } from "./select";
import { Textarea } from "./textarea";

afterEach(cleanup);

function describedBy(control: HTMLElement): string[] {
  const ids = control.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? `nothing has the id ${id}`);
}

describe("Field", () => {
  it.each([
    ["Input", <Input key="input" />],
    ["Textarea", <Textarea key="textarea" />],
    ["Select", <Select key="select" />],
  ])("names and describes %s", (_name, control) => {
    render(
      <Field label="Note" description="Only staff see it." error="Write at least three words." required>
        {control}
      </Field>,
    );
    const element = screen.getByLabelText("Note");
    expect(describedBy(element)).toEqual(["Only staff see it.", "Write at least three words."]);
    expect(element.getAttribute("aria-invalid")).toBe("true");
    expect(element.getAttribute("aria-required")).toBe("true");
  });

  it("leaves a control without an error unmarked", () => {
    render(
      <Field label="E-mail">
        <Input />
      </Field>,
    );
    const input = screen.getByLabelText("E-mail");
    expect(input.hasAttribute("aria-invalid")).toBe(false);
    expect(input.hasAttribute("aria-describedby")).toBe(false);
  });

  it("announces an error that appears later", () => {
    const field = (error?: string) => (
      <Field label="E-mail" error={error}>
        <Input />
      </Field>
    );
    const { rerender } = render(field());
    const region = document.querySelector("[aria-live=polite]");
    rerender(field("Write an address with an @."));
    expect(region?.textContent).toBe("Write an address with an @.");
  });

  it("says which fields may stay empty", () => {
    render(
      <Field label="VAT number" optional>
        <Input />
      </Field>,
    );
    expect(screen.getByLabelText("VAT number (optional)")).toBeTruthy();
  });

  it("lets a control keep what it was given itself", () => {
    render(
      <Field label="E-mail" id="email" description="From the field.">
        <Input aria-describedby="other" />
      </Field>,
    );
    expect(screen.getByLabelText("E-mail").id).toBe("email");
    expect(screen.getByLabelText("E-mail").getAttribute("aria-describedby")).toBe("other");
  });
});

it("describes a checkbox by its error", () => {
  render(<Checkbox label="I agree" description="You pay now." error="Tick this box to go on." />);
  const checkbox = screen.getByRole("checkbox", { name: "I agree" });
  expect(describedBy(checkbox)).toEqual(["You pay now.", "Tick this box to go on."]);
  expect(checkbox.getAttribute("aria-invalid")).toBe("true");
});

import { caretAfterDigits, digitsOf, expiryDigits, formatExpiry } from "../card/card-format";

/** Formats while typing and keeps the caret behind the same digit. */
export function formatWhileTyping(input: HTMLInputElement, format: (text: string) => string): void {
  input.addEventListener("input", () => {
    const atEnd = input.selectionStart === null || input.selectionStart >= input.value.length;
    const digitsBefore = digitsOf(input.value.slice(0, input.selectionStart ?? undefined)).length;
    const formatted = format(input.value);
    if (formatted === input.value) return;
    input.value = formatted;
    const caret = atEnd ? formatted.length : caretAfterDigits(formatted, digitsBefore);
    if (document.activeElement === input) input.setSelectionRange(caret, caret);
  });
}

/** Deleting the separator deletes the digit before it, otherwise `12 / ` could never be emptied. */
export function formatExpiryWhileTyping(input: HTMLInputElement): void {
  let previous = "";
  input.addEventListener("input", (event) => {
    const deleting = event instanceof InputEvent && event.inputType.startsWith("delete");
    const digits = expiryDigits(input.value);
    const onlySeparatorLeft = deleting && digits.length === 2 && digits === expiryDigits(previous);
    if (onlySeparatorLeft) input.value = digits.slice(0, 1);
    else if (!(deleting && digits.length < 2)) input.value = formatExpiry(input.value);
    previous = input.value;
  });
}

/** Some browsers hand on what the system says, such as `en-US@posix`, which `Intl` refuses. */
export function browserLocale(language = navigator.language): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** The words are English, so dates and numbers follow the reader's English, or British without one. */
export function readerLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en(-|$)/i.test(language) && isLanguageTag(language)) ?? "en-GB";
}

/** Some browsers hand on what the system says, such as `en-US@posix`, which `Intl` refuses. */
function isLanguageTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}

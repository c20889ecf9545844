/** The words are English, so dates and numbers follow the reader's English, or British without one. */
export function readerLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en(-|$)/i.test(language)) ?? "en-GB";
}

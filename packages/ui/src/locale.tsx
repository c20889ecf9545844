import { createContext, type ReactNode, useContext, useMemo } from "react";
import { english, type Words } from "./words";

interface Locale {
  locale: string;
  timeZone: string | undefined;
  words: Words;
}

const LocaleContext = createContext<Locale>({ locale: "en-GB", timeZone: undefined, words: english });

interface LocaleProviderProps {
  /** BCP 47 tag for numbers and dates, "en-GB" without a provider. */
  locale: string;
  /** IANA zone for dates; the browser's own zone if absent. */
  timeZone?: string;
  words?: Words;
  children: ReactNode;
}

export function LocaleProvider({ locale, timeZone, words = english, children }: LocaleProviderProps) {
  const value = useMemo(() => ({ locale, timeZone, words }), [locale, timeZone, words]);
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

export function useWords(): Words {
  return useContext(LocaleContext).words;
}

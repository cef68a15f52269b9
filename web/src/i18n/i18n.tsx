// Words on screen: t('record.form.submit', {n: 3}). A key of the glossary (verdict.met) comes from
// the server's own words; every other one from the three files beside this one. Messages are ICU.
import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, use, type ReactNode } from 'react';
import { type Language, language } from './language';

type Messages = Record<string, string>;
export type Values = Record<string, string | number | boolean | null | undefined>;

const loaders: Record<Language, () => Promise<[{ default: Messages }, { default: Messages }]>> = {
  'zh-CN': () => Promise.all([import('./zh-CN.json'), import('virtual:glossary/zh-CN')]),
  'zh-TW': () => Promise.all([import('./zh-TW.json'), import('virtual:glossary/zh-TW')]),
  en: () => Promise.all([import('./en.json'), import('virtual:glossary/en')]),
};

let messages: Messages = {};
let compiled = new Map<string, IntlMessageFormat>();

export async function loadWords(wanted: Language) {
  const [own, glossary] = await loaders[wanted]();
  messages = { ...glossary.default, ...own.default };
  compiled = new Map();
  document.documentElement.lang = wanted;
}

export function t(key: string, values?: Values): string {
  const text = messages[key];
  if (text === undefined) return key;
  if (!text.includes('{')) return text;
  let format = compiled.get(key);
  if (!format) {
    format = new IntlMessageFormat(text, language(), undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format(values ?? {}));
}

// Whether there is a text, for words that the server may know before this build does.
export const has = (key: string): boolean => messages[key] !== undefined;
export const wordOf = (prefix: string, word: string): string =>
  has(`${prefix}.${word}`) ? t(`${prefix}.${word}`) : word;

// A new language draws everything anew: the provider's value is its key.
const LanguageContext = createContext<{ language: Language; choose: (next: Language) => void }>({
  language: 'zh-CN',
  choose: () => undefined,
});
export const useLanguage = () => use(LanguageContext);
export function LanguageProvider(props: {
  value: { language: Language; choose: (next: Language) => void };
  children: ReactNode;
}) {
  return <LanguageContext value={props.value}>{props.children}</LanguageContext>;
}

// Which of the three languages the page speaks; remembered on the device.
export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof languages)[number];

function wanted(): Language {
  const kept = localStorage.getItem('huilu.language');
  const all = [kept ?? '', ...navigator.languages];
  for (const tag of all) {
    if (/^zh-(TW|HK|MO|Hant)/i.test(tag)) return 'zh-TW';
    if (/^zh/i.test(tag)) return 'zh-CN';
    if (/^en/i.test(tag)) return 'en';
  }
  return 'zh-CN';
}

let current: Language = wanted();

export const language = (): Language => current;

export function keepLanguage(next: Language) {
  current = next;
  localStorage.setItem('huilu.language', next);
}

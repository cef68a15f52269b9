// Dates and figures in words: "2026-03-05 周四", "47/50(94%)".
import { t } from './i18n';
import { language } from './language';

const parts = (day: string) => day.split('-').map(Number) as [number, number, number];

export function dateOf(day: string): Date {
  const [year, month, date] = parts(day);
  return new Date(year, month - 1, date);
}

export function dayText(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function addDays(day: string, days: number): string {
  const date = dateOf(day);
  date.setDate(date.getDate() + days);
  return dayText(date);
}

export function weekday(day: string): string {
  return new Intl.DateTimeFormat(language(), { weekday: 'short' }).format(dateOf(day));
}

export const fullDay = (day: string): string => `${day} ${weekday(day)}`;

// The same inside a sentence of a narrow column, where it stays in one line.
export const wholeDay = (day: string): string =>
  [...fullDay(day).replaceAll(' ', '\u00a0')].join('\u2060');

// In the zone in which the server reckons days, wherever the reader is: else a matter of the 28th
// would have been changed on the 27th.
const zoneMinutes = 8 * 60;
export function instant(at: string): string {
  const there = new Date(new Date(at).getTime() + zoneMinutes * 60_000);
  return there.toISOString().slice(0, 16).replace('T', ' ');
}

export function daysBetween(from: string, until: string): number {
  return Math.round((dateOf(until).getTime() - dateOf(from).getTime()) / 86_400_000);
}

// Only ever beside the absolute day.
export function relativeDay(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return t('day.today');
  if (days === 1) return t('day.tomorrow');
  if (days === -1) return t('day.yesterday');
  return days > 0 ? t('day.in', { days }) : t('day.ago', { days: -days });
}

// Between words and between sentences of a list, and around what is said beside it.
export const comma = () => t('list.comma');
export const semicolon = () => t('list.semicolon');
export const aside = (text: string) => t('list.aside', { text });

// What of what, and the share; nothing due is never a percentage.
export function share(done: number, due: number): string {
  if (due === 0) return '';
  const percent = `${Math.floor((done * 100) / due)}%`;
  return t('figures.share', { part: String(done), base: String(due), percent });
}

// Periods that a campaign made have a title of their own: "campaign:c3", "batch:c3/second".
const periodNames = new Map<string, string>();
export const namePeriod = (name: string, title: string) => periodNames.set(name, title);

// "2026-11" → 2026年11月; other names of periods stay near what they are.
export function periodTitle(name: string): string {
  const given = periodNames.get(name);
  if (given) return given;
  const month = /^(\d{4})-(\d{2})$/.exec(name);
  if (month) return t('when.month', { year: month[1] ?? '', month: Number(month[2]) });
  const quarter = /^(\d{4})-Q(\d)$/.exec(name);
  if (quarter) return t('when.quarter', { year: quarter[1] ?? '', quarter: quarter[2] ?? '' });
  const half = /^(\d{4})-H(\d)$/.exec(name);
  if (half)
    return t(half[2] === '1' ? 'when.first_half' : 'when.second_half', { year: half[1] ?? '' });
  const week = /^(\d{4})-W(\d{2})$/.exec(name);
  if (week) return t('when.week', { year: week[1] ?? '', week: Number(week[2]) });
  if (/^\d{4}$/.test(name)) return t('when.year', { year: name });
  return name.replace(/^(campaign|batch):/, '');
}

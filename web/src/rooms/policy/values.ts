// Values of parameters in words, and what is typed for one read back.
import { t, wordOf } from '@/i18n/i18n';
import { comma, semicolon } from '@/i18n/format';
import { language } from '@/i18n/language';

export const durationUnits = ['workdays', 'days', 'months', 'years', 'workhours', 'hours'] as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function itemText(item: unknown): string {
  if (!isObject(item)) return String(item);
  const title = item.title;
  const own = isObject(title) ? title[language()] : title;
  return typeof own === 'string' && own !== '' ? own : String(item.id);
}

/** 3 · 5个工作日 · 一月 · of a table "key: value; …"; null: there is none. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return t('policy.no_value');
  if (typeof value === 'boolean') return t(value ? 'act.yes' : 'act.no');
  if (Array.isArray(value)) return value.map(itemText).join(comma());
  if (!isObject(value)) return String(value);
  const [unit, count] = Object.entries(value)[0] ?? [];
  if (Object.keys(value).length === 1 && durationUnits.some((one) => one === unit))
    return t(`duration.${unit}`, { n: Number(count) });
  return Object.entries(value)
    .map(([key, one]) => `${wordOf('policy.key', key)} ${valueText(one)}`)
    .join(semicolon());
}

export type Typed = { text: string; unit: string };

/** What a form starts with. */
export function typedOf(value: unknown): Typed {
  if (isObject(value)) {
    const [unit = 'workdays', count = ''] = Object.entries(value)[0] ?? [];
    return { text: String(count), unit };
  }
  return { text: value === null || value === undefined ? '' : String(value), unit: '' };
}

/** As the server takes it, undefined where nothing was typed. */
export function valueFrom(type: string, typed: Typed): unknown {
  const text = typed.text.trim();
  if (text === '') return undefined;
  if (type === 'int') return /^\d+$/.test(text) ? Number(text) : text;
  if (type === 'bool') return text === 'true';
  if (type === 'duration') {
    const unit = typed.unit || 'workdays';
    return { [unit]: /^\d+$/.test(text) ? Number(text) : text };
  }
  return text;
}

// Lists and tables are written by whoever writes packs.
export const isTyped = (type: string, by: string | null): boolean => type !== 'list' && !by;

// Figures in words: a number never stands without what it is of, and what is not known says why.
import type { Figure, Indicator } from '@/api/types';
import { t } from '@/i18n/i18n';

// At most two digits behind the point; the exact text stands in the drawer.
export function round(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? String(Math.round(number * 100) / 100) : value;
}

export function percent(value: string): string {
  return `${Math.floor(Number(value) * 1000) / 10}%`;
}

export const isShare = (indicator: Indicator) => indicator.measure === 'share';

export const withUnit = (value: string, indicator: Indicator) =>
  indicator.unit
    ? t('figures.with_unit', { value: round(value), unit: indicator.unit })
    : round(value);

// "47/50(94%)" of a share, the number with its unit otherwise.
export function valueOf(figure: Figure, indicator: Indicator): string {
  if (figure.state !== 'shown' || figure.value === null) return t(`figures.state.${figure.state}`);
  if (!isShare(indicator)) return withUnit(figure.value, indicator);
  return t('figures.share', {
    part: figure.part ?? 0,
    base: figure.base ?? 0,
    percent: percent(figure.value),
  });
}

// What may be used up, in a sentence: how much was, what the plan has by now, what is left.
export function paceOf(figure: Figure, indicator: Indicator): string | null {
  if (figure.state !== 'shown' || figure.control === null || figure.use === null) return null;
  const used = t('figures.used', {
    control: withUnit(figure.control, indicator),
    used: withUnit(figure.value ?? '0', indicator),
    percent: percent(figure.use),
  });
  const rest = Number(figure.rest);
  const left =
    rest < 0
      ? t('figures.over', { n: withUnit(String(-rest), indicator) })
      : t('figures.rest', { n: withUnit(String(rest), indicator) });
  const plan =
    figure.planned === null
      ? null
      : t(`figures.plan.${figure.pace}`, { percent: percent(figure.planned) });
  return [used, left, plan].filter(Boolean).join(t('figures.join'));
}

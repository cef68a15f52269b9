// Which day a page is about: today, or another one that stands in the address, with the way back.
import { DatePicker } from 'antd';
import { useSearchParams } from 'react-router';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { dayOf } from './day';

export function useDay(): string | null {
  const [search] = useSearchParams();
  return search.get('on');
}

export function DayChoice() {
  const day = useDay();
  const [, setSearch] = useSearchParams();
  const set = (next: string | null) =>
    setSearch(
      (before) => {
        if (next) before.set('on', next);
        else before.delete('on');
        return before;
      },
      { replace: true },
    );
  return (
    <DatePicker
      aria-label={t('day.on')}
      inputReadOnly
      placeholder={t('day.today_chosen')}
      value={day ? dayOf(day) : null}
      onChange={(next) => set(next ? next.format('YYYY-MM-DD') : null)}
    />
  );
}

/** Said wherever figures are not today's. */
export function DayNotice() {
  const day = useDay();
  if (!day) return null;
  return (
    <p className="notice" role="status" style={{ marginBottom: 12 }}>
      {t('day.notice', { day: fullDay(day) })}
    </p>
  );
}

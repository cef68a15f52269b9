import { DatePicker } from 'antd';
import { t } from '@/i18n/i18n';
import { dayOf } from './day';

export function Range(props: {
  from: string | null;
  until: string | null;
  change: (from: string | null, until: string | null) => void;
}) {
  const day = (text: string | null) => (text ? dayOf(text) : null);
  return (
    <DatePicker.RangePicker
      aria-label={t('act.dates')}
      value={[day(props.from), day(props.until)]}
      allowEmpty={[true, true]}
      onChange={(range) =>
        props.change(
          range?.[0]?.format('YYYY-MM-DD') ?? null,
          range?.[1]?.format('YYYY-MM-DD') ?? null,
        )
      }
    />
  );
}

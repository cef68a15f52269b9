// What a record counted for among the duties of its units, asked of the evaluator: the duties whose
// kinds it is of, in the period of its day, that count it.
import { useQueries } from '@tanstack/react-query';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import type {
  CampaignList,
  Explanation,
  Obligation,
  Record as Entry,
  TestFound,
} from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, comma, dateOf, daysBetween, periodTitle } from '@/i18n/format';
import { VerdictWord } from '@/ui/verdict';
import { useObligations } from './hooks';

// Of ISO 8601: the week belongs to the year of its Thursday.
function weekOf(date: string): string {
  const weekday = (dateOf(date).getDay() + 6) % 7;
  const thursday = addDays(date, 3 - weekday);
  const first = `${thursday.slice(0, 4)}-01-01`;
  const week = Math.floor(daysBetween(first, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

// The period of a day, as far as its name follows from the day.
export function periodOf(every: string, date: string): string | null {
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  if (every === 'month') return date.slice(0, 7);
  if (every === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  if (every === 'half') return `${year}-H${month <= 6 ? 1 : 2}`;
  if (every === 'week') return weekOf(date);
  if (every === 'year') return year;
  return null;
}

function periodsOf(duty: Obligation, date: string, campaigns: CampaignList | undefined): string[] {
  const period = periodOf(duty.every, date);
  if (period) return [period];
  return (campaigns?.items ?? [])
    .filter(({ pack, window: span }) => pack === duty.pack && span.from <= date)
    .filter(({ window: span }) => span.until === null || date < span.until)
    .map((campaign) => `campaign:${campaign.id}`);
}

const counts = (test: TestFound, record: string): boolean =>
  test.counted.some((one) => one.record === record) ||
  test.parts.some((part) => counts(part, record));

export function useServed(record: Entry | undefined): Explanation[] | undefined {
  const may = useMay('explanation_counts_read');
  const duties = useObligations();
  const campaigns = useGet<CampaignList>('/campaigns', {}, may, 300_000);
  const asked = (duties.data?.items ?? [])
    .filter((duty) => duty.bearer === 'unit')
    .filter((duty) => duty.record_types.some((type) => record?.types.includes(type)))
    .flatMap((duty) =>
      periodsOf(duty, record?.date ?? '', campaigns.data).map((period) => ({
        bearer: record?.units[0],
        obligation: duty.address,
        period,
      })),
    );
  const found = useQueries({
    queries: asked.map((query) => ({
      queryKey: ['/explanations', query],
      queryFn: () => get<Explanation>('/explanations', query),
      enabled: may && record?.state === 'entered',
      staleTime: 20_000,
      retry: false,
    })),
  });
  if (!record || !duties.data || found.some((one) => one.isLoading)) return undefined;
  return found.flatMap(({ data }) => (data && counts(data.test, record.id) ? [data] : []));
}

export function Served({ of }: { of: Explanation[] }) {
  return (
    <ul className="counts">
      {of.map((one) => (
        <li key={`${one.obligation.address} ${one.period.name}`}>
          <span className="grow">
            {one.obligation.title}{' '}
            <span className="muted small">{periodTitle(one.period.name)}</span>
          </span>
          <VerdictWord verdict={one.verdict} />
        </li>
      ))}
    </ul>
  );
}

// In one line, beside the record that an explanation names.
export function AlsoServed({ record, besides }: { record: Entry; besides: string }) {
  const served = useServed(record);
  const others = (served ?? []).filter((one) => one.obligation.address !== besides);
  if (others.length === 0) return null;
  return (
    <p className="small muted">
      {t('why.also', { duties: others.map((one) => one.obligation.title).join(comma()) })}
    </p>
  );
}

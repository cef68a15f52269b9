// Holidays and make-up days by year and revision, as deadlines are counted with them.
import { useGet } from '@/api/hooks';
import type { CalendarRevision, CalendarRevisionList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { addDays, fullDay } from '@/i18n/format';
import { ExportButton, type SheetColumn } from '@/ui/data_table';
import { Empty, Loaded } from '@/ui/states';

// A holiday of one day is that day.
const spanText = (from: string, until: string) =>
  from === until ? from : t('calendar.span', { from, until });

const newestFirst = (items: CalendarRevision[]) =>
  [...items].sort((a, b) => b.year - a.year || b.published.localeCompare(a.published));

type Line = { revision: CalendarRevision; what: string; days: string };

const daysOf = (items: CalendarRevision[]): Line[] =>
  items.flatMap((revision) => [
    ...revision.rest.map((span) => ({
      revision,
      what: t('calendar.rest'),
      days: spanText(span.from, span.until ? addDays(span.until, -1) : ''),
    })),
    ...revision.makeup.map((day) => ({ revision, what: t('calendar.makeup'), days: day })),
  ]);

const columns = (): SheetColumn<Line>[] => [
  { head: t('standing.period'), value: (line) => line.revision.year },
  { head: t('policy.document'), value: (line) => line.revision.source },
  { head: t('record.kinds'), value: (line) => line.what },
  { head: t('record.date'), value: (line) => line.days },
];

export function Component() {
  const revisions = useGet<CalendarRevisionList>('/calendar-revisions');
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('admin.calendar.action')}</h1>
          <p>{t('admin.calendar.action_text')}</p>
        </div>
        <ExportButton
          name={t('admin.calendar.action')}
          columns={columns()}
          rows={revisions.data ? daysOf(newestFirst(revisions.data.items)) : undefined}
          asOf={revisions.data?.as_of}
        />
      </div>
      <Loaded of={revisions}>
        {(list) =>
          list.items.length === 0 ? (
            <section className="card">
              <Empty name="calendar" icon="calendar" />
            </section>
          ) : (
            <div className="stack">
              {newestFirst(list.items).map((one) => (
                <section key={`${one.year} ${one.id}`} className="card">
                  <header>
                    <h2>{t('calendar.year', { year: String(one.year) })}</h2>
                    <span className="muted small">
                      {one.source} {one.published}
                    </span>
                  </header>
                  <div className="body columns" style={{ gridTemplateColumns: '1fr 1fr' }}>
                    <div>
                      <h3>{t('calendar.rest')}</h3>
                      <ul className="num">
                        {one.rest.map((span) => (
                          <li key={span.from}>
                            {spanText(span.from, span.until ? addDays(span.until, -1) : '')}
                          </li>
                        ))}
                      </ul>
                    </div>
                    <div>
                      <h3>{t('calendar.makeup')}</h3>
                      <ul className="num">
                        {one.makeup.map((day) => (
                          <li key={day}>{fullDay(day)}</li>
                        ))}
                      </ul>
                    </div>
                  </div>
                </section>
              ))}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

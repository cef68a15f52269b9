// The ledger along time: a bar for each matter, grouped by who is responsible, with today's line. On
// a phone, where a line of time has no room, the same week by week.
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { MatterOutline, MatterOutlines, MatterType, NamedUnit } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, dateOf, fullDay, semicolon } from '@/i18n/format';
import { language } from '@/i18n/language';
import { nameOf } from '@/rooms/org/unit_name';
import { usePhone } from '@/ui/look';
import { Bones, Empty, More, Trouble } from '@/ui/states';
import './ledger_views.css';
import { Due, StateMark } from './marks';
import { contentOf, latenessText } from './say';
import { type Bar, barOf, monthsIn, placeOf, type Range, rangeOf, weekOf } from './spans';
import { queryOf, type View } from './view';

export function useOutlines(
  query: Record<string, string | number | boolean | null | undefined>,
  enabled = true,
) {
  return usePages<MatterOutlines>('/matters/outlines', query, { enabled });
}

export function LedgerTimeline({ view, types }: { view: View; types: MatterType[] }) {
  const phone = usePhone();
  const list = useOutlines({ ...queryOf(view), sort: 'due' });
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Bones lines={12} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <section className="card">
        <Empty name="matters_filtered" icon="clock" />
      </section>
    );
  }
  return (
    <>
      {phone ? <Weeks items={items} types={types} /> : <Lines items={items} types={types} />}
      <More of={list} />
      <p className="as-of">
        {t(list.hasNextPage ? 'matter.shown_first' : 'matter.shown', { n: items.length })}
      </p>
    </>
  );
}

type Group = { unit: NamedUnit; items: MatterOutline[] };

// In the order in which their first matter stands.
export function byUnit(items: MatterOutline[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of items) {
    const { unit } = one.matter;
    const key = unit.id ?? '';
    const group = groups.get(key) ?? { unit, items: [] };
    group.items.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function Lines({ items, types }: { items: MatterOutline[]; types: MatterType[] }) {
  const { me } = useSession();
  const bars = useMemo(
    () => new Map(items.map((one) => [one.matter.id, barOf(one, me.today)])),
    [items, me.today],
  );
  const range = useMemo(
    () =>
      rangeOf(
        items.map((one) => ({
          opened: one.matter.opened,
          bar: bars.get(one.matter.id) ?? barOf(one, me.today),
        })),
        me.today,
      ),
    [items, bars, me.today],
  );
  const wrap = useRef<HTMLDivElement>(null);
  const today = placeOf(me.today, range);
  // What is now is in sight, with some of what was.
  useEffect(() => {
    const at = wrap.current;
    if (at && at.scrollWidth > at.clientWidth) {
      at.scrollLeft = ((at.scrollWidth - 300) * today) / 100 - (at.clientWidth - 300) / 2;
    }
  }, [today]);
  return (
    <>
      <Legend />
      <div
        className="time-lines card"
        ref={wrap}
        role="region"
        aria-label={t('matter.show.timeline')}
        tabIndex={0}
      >
        <div className="time-inner" style={{ minWidth: 300 + range.days * 4 }}>
          <Months range={range} />
          {byUnit(items).map((group) => (
            <section key={group.unit.id} aria-label={nameOf(group.unit)}>
              <h2 className="time-unit">
                <Link to={`/matters?unit=${group.unit.id}`}>
                  {nameOf(group.unit)}
                  <span className="muted num small">
                    {t('matter.timeline.n', { n: group.items.length })}
                  </span>
                </Link>
              </h2>
              <ul>
                {group.items.map((one) => (
                  <Line
                    key={one.matter.id}
                    of={one}
                    type={types.find((type) => type.name === one.matter.type)}
                    bar={bars.get(one.matter.id) ?? barOf(one, me.today)}
                    range={range}
                  />
                ))}
              </ul>
            </section>
          ))}
          <div className="time-today" aria-hidden="true" style={{ '--at': today } as object}>
            <span>{t('day.today')}</span>
          </div>
        </div>
      </div>
    </>
  );
}

function Legend() {
  return (
    <p className="time-legend small muted">
      {(['plan', 'extended', 'late', 'pause', 'open'] as const).map((kind) => (
        <span key={kind}>
          <i className={`span ${kind}`} aria-hidden="true" />
          {t(`matter.timeline.${kind}`)}
        </span>
      ))}
      <span>
        <b aria-hidden="true">◇</b>
        {t('matter.due.original')}
      </span>
      <span>
        <b aria-hidden="true">◆</b>
        {t('matter.due')}
      </span>
      <span>
        <b aria-hidden="true">●</b>
        {t('matter.timeline.settled')}
      </span>
    </p>
  );
}

function Months({ range }: { range: Range }) {
  const months = monthsIn(range);
  const few = months.length <= 12;
  const name = new Intl.DateTimeFormat(language(), {
    month: few ? 'short' : 'numeric',
    ...(few ? { year: 'numeric' as const } : {}),
  });
  return (
    <div className="time-months" aria-hidden="true">
      {months.map((month, i) => (
        <span key={month} style={{ '--at': placeOf(month, range) } as object}>
          {!few && (i === 0 || month.slice(5, 7) === '01') ? `${month.slice(0, 4)} ` : ''}
          {name.format(dateOf(month))}
        </span>
      ))}
    </div>
  );
}

// What the bar says, for whoever does not see it.
function sayBar(of: MatterOutline, bar: Bar, today: string): string {
  const { matter } = of;
  const parts = [
    t('matter.timeline.from', { day: matter.opened }),
    bar.first ? t('matter.due.first', { day: bar.first }) : '',
    bar.due ? t('matter.timeline.until', { day: bar.due }) : t('matter.due.none'),
    ...bar.parts
      .filter((part) => part.kind === 'pause')
      .map((part) =>
        t('matter.clock.was_paused', { from: part.from, until: addDays(part.until, -1) }),
      ),
    of.clocks.some((clock) => clock.extension_waits) ? t('matter.timeline.asked') : '',
    bar.settled ? t('matter.timeline.settled_on', { day: bar.settled }) : '',
    latenessText(matter, today),
  ];
  return parts.filter(Boolean).join(semicolon());
}

function Line(props: { of: MatterOutline; type: MatterType | undefined; bar: Bar; range: Range }) {
  const { of, bar, range } = props;
  const { me } = useSession();
  const said = sayBar(of, bar, me.today);
  const mark = (day: string, sign: string, look: string) => (
    <b className={look} style={{ '--at': placeOf(addDays(day, 1), range) } as object}>
      {sign}
    </b>
  );
  return (
    <li className="time-line">
      <div className="time-name">
        <Link to={`/matters/${of.matter.id}`} className="one-line">
          {contentOf(of.matter, props.type)}
        </Link>
        <span className="small muted one-line">
          {of.matter.state_title ?? of.matter.state}
          {of.matter.is_open && bar.due ? <span className="num"> · {fullDay(bar.due)}</span> : null}
        </span>
      </div>
      <div className="time-bar" role="img" aria-label={said} title={said}>
        {bar.parts.map((part) => (
          <i
            key={`${part.kind} ${part.from}`}
            className={`span ${part.kind} ${bar.settled ? 'done' : ''}`}
            style={
              {
                '--at': placeOf(part.from, range),
                '--to': placeOf(part.until, range),
              } as object
            }
          />
        ))}
        {bar.first ? mark(bar.first, '◇', '') : null}
        {bar.due ? mark(bar.due, '◆', of.matter.overdue ? 'v-failed' : '') : null}
        {bar.settled ? mark(bar.settled, '●', 'v-met') : null}
        {of.clocks.some((clock) => clock.extension_waits) ? (
          <span className="small time-asked">{t('matter.timeline.asked')}</span>
        ) : null}
      </div>
    </li>
  );
}

// Late, then week by week, then what has no day, then what is settled.
export function weeksOf(
  items: MatterOutline[],
  today: string,
): { key: string; items: MatterOutline[] }[] {
  const groups = new Map<string, MatterOutline[]>();
  const keyOf = ({ matter }: MatterOutline): string => {
    if (!matter.is_open) return '~settled';
    if (!matter.next_due) return '~none';
    return matter.next_due < today ? '' : weekOf(matter.next_due);
  };
  for (const one of items) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, of]) => ({ key, items: of }));
}

function weekTitle(key: string, today: string): string {
  if (key === '') return t('matter.list.overdue');
  if (key === '~none') return t('matter.timeline.no_day');
  if (key === '~settled') return t('matter.timeline.settled');
  if (key === weekOf(today)) return t('matter.timeline.this_week');
  if (key === addDays(weekOf(today), 7)) return t('matter.timeline.next_week');
  return t('matter.timeline.week', { from: key, until: addDays(key, 6) });
}

function Weeks({ items, types }: { items: MatterOutline[]; types: MatterType[] }) {
  const { me } = useSession();
  return (
    <div className="stack">
      {weeksOf(items, me.today).map((week) => (
        <section key={week.key} className="card" aria-label={weekTitle(week.key, me.today)}>
          <header>
            <h2>{weekTitle(week.key, me.today)}</h2>
            <span className="muted num">{t('matter.timeline.n', { n: week.items.length })}</span>
          </header>
          <ul className="lines cards">
            {week.items.map(({ matter }) => (
              <li key={matter.id}>
                <Link to={`/matters/${matter.id}`}>
                  <span className="row between">
                    <StateMark matter={matter} />
                    <span className="small muted num">{matter.number ?? matter.id}</span>
                  </span>
                  <strong className="two-lines">
                    {contentOf(
                      matter,
                      types.find((type) => type.name === matter.type),
                    )}
                  </strong>
                  <span className="small muted">{nameOf(matter.unit)}</span>
                  <Due matter={matter} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

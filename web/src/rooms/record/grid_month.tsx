// The month at a glance: what each branch has of each kind, and the way to enter what is missing.
import dayjs from 'dayjs';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '@/api/client';
import type { Record as Entry, RecordList, RecordType, Unit } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, periodTitle } from '@/i18n/format';
import { ExportButton } from '@/ui/data_table';
import { Icon } from '@/ui/icon';
import { Bones } from '@/ui/states';

type Line = { unit: Unit; records: Entry[] };
const of = (records: Entry[], type: RecordType) =>
  records.filter((one) => one.state !== 'void' && one.types.includes(type.name));

export function Month(props: {
  branches: Unit[];
  types: RecordType[];
  month: string;
  enter: (unit: string, type: string) => void;
}) {
  const from = `${props.month}-01`;
  const until = dayjs(from).add(1, 'month').format('YYYY-MM-DD'); // the first day after it
  const lists = useQueries({
    queries: props.branches.map((unit) => ({
      queryKey: ['/records', { unit: unit.id, from, until }],
      queryFn: () => get<RecordList>('/records', { unit: unit.id, from, until, limit: 200 }),
    })),
  });
  // All at once: rows that grow one by one would move what somebody is about to press.
  const known = lists.every((list) => list.data !== undefined || list.error);
  const lines = props.branches.map((unit, i) => ({ unit, records: lists[i]?.data?.items ?? [] }));
  // The words that every branch has, and whatever else was done this month.
  const types = props.types.filter(
    (type) =>
      type.name.startsWith('core/') || lines.some((line) => of(line.records, type).length > 0),
  );
  if (!known) {
    return (
      <section className="card">
        <Bones lines={14} />
      </section>
    );
  }
  return (
    <section className="card" aria-label={t('grid.overview')}>
      <header>
        <h2>{t('grid.overview')}</h2>
        <ExportButton
          name={`${t('grid.title')} ${props.month}`}
          columns={[
            { head: t('grid.branch'), value: (line: Line) => line.unit.name },
            ...types.map((type) => ({
              head: type.title,
              value: (line: Line) =>
                of(line.records, type)
                  .map((one) => one.date.slice(8))
                  .join(comma()),
            })),
          ]}
          rows={lists.every((list) => list.data) ? lines : undefined}
          asOf={lists[0]?.data?.as_of}
          filter={[periodTitle(props.month)]}
        />
      </header>
      <div className="month">
        <table className="table">
          <thead>
            <tr>
              <th>{t('grid.branch')}</th>
              {types.map((type) => (
                <th key={type.name} scope="col">
                  {type.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.branches.map((unit, i) => (
              <tr key={unit.id}>
                <th scope="row">
                  <Link to={`/units/${unit.id}`}>{unit.name}</Link>
                </th>
                {types.map((type) => (
                  <MonthCell
                    key={type.name}
                    unit={unit}
                    type={type}
                    records={of(lines[i]?.records ?? [], type)}
                    known={lists[i]?.data !== undefined}
                    enter={props.enter}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function MonthCell(props: {
  unit: Unit;
  type: RecordType;
  records: Entry[];
  known: boolean;
  enter: (unit: string, type: string) => void;
}) {
  if (!props.known) return <td className="muted">…</td>;
  return (
    <td>
      {props.records.map((one) => (
        <Link
          key={one.id}
          to={`/records/${one.id}`}
          className={`num tag ${one.state === 'planned' ? 'plan' : ''}`}
          style={{ marginInlineEnd: 4 }}
        >
          {t('grid.day', { day: Number(one.date.slice(8)) })}
        </Link>
      ))}
      {props.records.length === 0 ? (
        <button
          type="button"
          className="icon-button"
          aria-label={t('grid.enter_one', { unit: props.unit.name, kind: props.type.title })}
          onClick={() => props.enter(props.unit.id, props.type.name)}
        >
          <Icon name="plus" size={16} />
        </button>
      ) : null}
    </td>
  );
}

// For who enters for several branches: the month at a glance, and one evening in one grid.
import { DatePicker, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { newKey } from '@/api/client';
import { send } from '@/api/outbox';
import type { RecordChanged, RecordType, Unit } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { weekday } from '@/i18n/format';
import { isBranch } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { Icon } from '@/ui/icon';
import { Bones, Empty, Trouble } from '@/ui/states';
import { expectedAbsent, presentOf } from './form';
import { FieldBox, FieldInput } from './fields';
import { Month } from './grid_month';
import { Present } from './present';
import './record.css';
import { bodyOf, type Fields, useRecordTypes, useRoll, useTypesInForce } from './types';

export function Component() {
  const { me, units } = useSession();
  const types = useRecordTypes();
  const inForce = useTypesInForce();
  const [month, setMonth] = useState(me.today.slice(0, 7));
  const [evening, setEvening] = useState<{ units: string[]; types: string[] } | null>(null);
  const branches = units.filter(isBranch);
  if (types.error) return <Trouble error={types.error} />;
  if (!inForce) return <Bones lines={8} />;
  if (branches.length === 0) return <Empty name="grid" icon="grid" />;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('grid.title')}</h1>
          <p>{t('grid.text', { n: branches.length })}</p>
        </div>
        <div className="row">
          <DatePicker
            picker="month"
            allowClear={false}
            inputReadOnly
            aria-label={t('grid.month')}
            value={dayOf(`${month}-01`)}
            onChange={(day) => day && setMonth(day.format('YYYY-MM'))}
          />
          <Button
            look="main"
            icon="plus"
            onClick={() => setEvening({ units: branches.map((unit) => unit.id), types: [] })}
          >
            {t('grid.evening')}
          </Button>
        </div>
      </div>
      {evening ? (
        <Evening
          key={`${evening.units.join()} ${evening.types.join()}`}
          branches={branches}
          wanted={evening}
          types={inForce}
          close={() => setEvening(null)}
        />
      ) : null}
      <Month
        branches={branches}
        types={inForce}
        month={month}
        enter={(unit, type) => setEvening({ units: [unit], types: [type] })}
      />
    </div>
  );
}

type Row = {
  unit: Unit;
  key: string;
  on: boolean;
  place: string;
  fields: Fields;
  absent: string[] | null;
  state: 'open' | 'busy' | 'sent' | 'waiting' | 'refused';
  id?: string;
  wrong?: string;
};

// One evening: common kinds and day on top, a line for every branch with what differs.
function Evening(props: {
  branches: Unit[];
  wanted: { units: string[]; types: string[] };
  types: RecordType[];
  close: () => void;
}) {
  const { me } = useSession();
  const queries = useQueryClient();
  const [kinds, setKinds] = useState(props.wanted.types);
  const [date, setDate] = useState(me.today);
  const [same, setSame] = useState<Fields>({});
  const [rows, setRows] = useState<Row[]>(() =>
    props.branches.map((unit) => ({
      unit,
      key: newKey(),
      on: props.wanted.units.includes(unit.id),
      place: '',
      fields: {},
      absent: null,
      state: 'open',
    })),
  );
  const presents = useRef(new Map<string, string[]>());
  const chosen = props.types.filter((type) => kinds.includes(type.name));
  const asked = chosen.flatMap((type) =>
    type.fields.filter((field) => field.required).map((field) => ({ type: type.name, field })),
  );
  const change = (unit: string, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.unit.id === unit ? { ...row, ...part } : row)));
  const planned = date > me.today;
  const open = rows.filter((row) => row.on && row.state !== 'sent' && row.state !== 'waiting');

  const save = async () => {
    for (const row of open) {
      change(row.unit.id, { state: 'busy', wrong: '' });
      const fields = Object.fromEntries(
        kinds.map((kind) => [kind, { ...same[kind], ...filled(row.fields[kind]) }]),
      );
      const body = bodyOf(
        { types: kinds, units: [row.unit.id], date, place: row.place, absent: [], fields },
        presents.current.get(row.unit.id) ?? [],
        planned,
      );
      try {
        const sent = await send<RecordChanged>({
          key: row.key,
          account: me.account.id,
          path: '/records',
          body,
          title: `${date} ${row.unit.name}`,
        });
        change(
          row.unit.id,
          sent.state === 'sent' ? { state: 'sent', id: sent.reply.id } : { state: 'waiting' },
        );
      } catch (error) {
        change(row.unit.id, {
          state: 'refused',
          key: newKey(),
          wrong: error instanceof Error ? error.message : String(error),
        });
      }
    }
    void queries.invalidateQueries();
  };

  return (
    <form
      className="card"
      style={{ marginBottom: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <header>
        <h2>{t('grid.evening')}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t('act.close')}
          onClick={props.close}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="body stack">
        <div className="pair">
          <FieldBox id="grid-date" title={t('record.date')} required hint={weekday(date)}>
            <DatePicker
              id="grid-date"
              allowClear={false}
              inputReadOnly
              value={dayOf(date)}
              onChange={(day) => day && setDate(day.format('YYYY-MM-DD'))}
            />
          </FieldBox>
          <FieldBox id="grid-kinds" title={t('record.what')} required>
            <Select
              id="grid-kinds"
              mode="multiple"
              value={kinds}
              options={props.types
                .filter(
                  (type) => !type.fields.some((field) => field.required && field.type === 'unit'),
                )
                .map((type) => ({ value: type.name, label: type.title }))}
              onChange={setKinds}
            />
          </FieldBox>
        </div>
        {asked.length > 0 ? (
          <fieldset className="kind-fields">
            <legend>{t('grid.same_for_all')}</legend>
            {asked.map(({ type, field }) => (
              <FieldInput
                key={`${type} ${field.name}`}
                field={{ ...field, required: false }}
                value={same[type]?.[field.name]}
                change={(value) =>
                  setSame({ ...same, [type]: { ...same[type], [field.name]: value } })
                }
                context={{ units: [], roll: [] }}
              />
            ))}
          </fieldset>
        ) : null}
      </div>
      <div className="month">
        <table className="table">
          <thead>
            <tr>
              <th>
                <label className="row" style={{ flexWrap: 'nowrap' }}>
                  <input
                    type="checkbox"
                    checked={rows.every((row) => row.on)}
                    onChange={(event) => {
                      const on = event.target.checked;
                      setRows((before) => before.map((row) => ({ ...row, on })));
                    }}
                  />
                  {t('grid.branch')}
                </label>
              </th>
              <th>{t('record.place')}</th>
              {asked.map(({ type, field }) => (
                <th key={`${type} ${field.name}`}>{t('grid.differs', { title: field.title })}</th>
              ))}
              {planned ? null : <th>{t('record.present')}</th>}
              <th>{t('grid.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <GridRow
                key={row.unit.id}
                row={row}
                asked={asked}
                date={date}
                planned={planned}
                change={(part) => change(row.unit.id, part)}
                there={(people) => presents.current.set(row.unit.id, people)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="send">
        <Button
          type="submit"
          look="main"
          disabled={kinds.length === 0 || open.length === 0}
          busy={rows.some((row) => row.state === 'busy')}
        >
          {t('grid.save', { n: open.length })}
        </Button>
        <span className="muted small">{t('grid.each_own')}</span>
      </div>
    </form>
  );
}

const filled = (given: Record<string, unknown> | undefined) =>
  Object.fromEntries(
    Object.entries(given ?? {}).filter(([, value]) => value !== undefined && value !== ''),
  );

function GridRow(props: {
  row: Row;
  asked: { type: string; field: RecordType['fields'][number] }[];
  date: string;
  planned: boolean;
  change: (part: Partial<Row>) => void;
  there: (people: string[]) => void;
}) {
  const { row, change } = props;
  const roll = useRoll([row.unit.id], props.date, row.on && !props.planned);
  const usual = useMemo(() => expectedAbsent(roll.data ?? []), [roll.data]);
  const absent = row.absent ?? usual;
  const [open, setOpen] = useState(false);
  const present = presentOf(roll.data, absent);
  props.there(present);
  const fixed = row.state === 'sent' || row.state === 'waiting';
  return (
    <>
      <tr>
        <td>
          <label className="row" style={{ flexWrap: 'nowrap' }}>
            <input
              type="checkbox"
              checked={row.on}
              disabled={fixed}
              onChange={() => change({ on: !row.on })}
            />
            {row.unit.name}
          </label>
        </td>
        <td>
          <input
            className="text"
            aria-label={t('grid.place_of', { unit: row.unit.name })}
            value={row.place}
            disabled={!row.on || fixed}
            onChange={(event) => change({ place: event.target.value })}
          />
        </td>
        {props.asked.map(({ type, field }) => (
          <td key={`${type} ${field.name}`}>
            {field.type === 'text' || field.of === 'text' ? (
              <input
                className="text"
                aria-label={`${row.unit.name} ${field.title}`}
                placeholder={t('grid.as_above')}
                maxLength={field.of === 'text' ? 200 : (field.max ?? undefined)}
                disabled={!row.on || fixed}
                value={textOf(row.fields[type]?.[field.name])}
                onChange={(event) => {
                  const text = event.target.value;
                  const value = text === '' ? undefined : field.of === 'text' ? [text] : text;
                  change({
                    fields: { ...row.fields, [type]: { ...row.fields[type], [field.name]: value } },
                  });
                }}
              />
            ) : (
              <span className="muted">{t('grid.as_above')}</span>
            )}
          </td>
        ))}
        {props.planned ? null : (
          <td>
            {roll.data ? (
              <button
                type="button"
                className="link num"
                disabled={!row.on || fixed}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                {t('grid.there', { there: present.length, roll: roll.data.length })}
              </button>
            ) : (
              <span className="muted">…</span>
            )}
          </td>
        )}
        <td aria-live="polite">
          <RowState row={row} />
        </td>
      </tr>
      {open && roll.data ? (
        <tr>
          <td colSpan={4 + props.asked.length}>
            <Present roll={roll.data} absent={absent} change={(next) => change({ absent: next })} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

const textOf = (value: unknown) =>
  Array.isArray(value) ? String(value[0] ?? '') : String(value ?? '');

function RowState({ row }: { row: Row }) {
  if (row.state === 'sent') {
    return (
      <Link to={`/records/${row.id}`} className="verdict v-met">
        <i aria-hidden="true">●</i>
        {t('grid.saved')}
      </Link>
    );
  }
  if (row.state === 'waiting')
    return <span className="v-at_risk">{t('record.saved.waiting')}</span>;
  if (row.state === 'busy') return <span className="muted">{t('grid.saving')}</span>;
  if (row.state === 'refused') return <span className="v-failed">{row.wrong}</span>;
  return null;
}

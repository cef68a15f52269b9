// Records of a unit, or of everything below it; the whole view stands in the address.
import { Select } from 'antd';
import { useSearchParams } from 'react-router';
import { usePages, useUnit } from '@/api/hooks';
import type { Record as Entry, RecordList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { addDays, comma, fullDay, instant } from '@/i18n/format';
import { ButtonLink } from '@/ui/button';
import { usePhone } from '@/ui/look';
import { Range } from '@/ui/range';
import { notesOf, SaveButton } from '@/ui/data_table';
import { saveSheet } from '@/ui/sheet';
import { Bones, Empty, More, Trouble } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { isBranch, nameOf, UnitName } from '@/rooms/org/unit_name';
import { Link } from 'react-router';
import { say } from './say';
import { typeTitle, useRecordTypes, useTypesInForce } from './types';

export function Component() {
  const { unit, me } = useSession();
  const [search, setSearch] = useSearchParams();
  const types = useRecordTypes();
  const inForce = useTypesInForce(search.get('type') ? [search.get('type') ?? ''] : []);
  const at = search.get('unit') ?? unit?.id;
  const shown = useUnit(at);
  // A committee has few records of its own; those of its branches are what is looked for.
  const above = shown.data ? shown.data.has_children && !isBranch(shown.data) : false;
  // Without a last day what lies ahead is left out: of plans there are many, and none is done.
  const last = search.get('until') ?? (search.get('plans') === 'true' ? null : me.today);
  const filter = {
    unit: at,
    subtree: (search.get('subtree') ?? String(above)) === 'true' ? true : undefined,
    type: search.get('type'),
    from: search.get('from'),
    until: last ? addDays(last, 1) : null,
  };
  const list = usePages<RecordList>('/records', filter, {
    enabled: at !== undefined && !shown.isPending,
  });
  const set = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const save = useMay('record_enter');
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('record.list.title')}</h1>
          <p>{at ? <UnitName id={at} /> : null}</p>
        </div>
        <div className="row">
          <SaveButton
            disabled={items.length === 0}
            save={() =>
              void exportList(items, types.data?.items, list.data?.pages[0]?.as_of, [
                shown.data?.name,
                filter.subtree ? t('record.list.subtree') : null,
                filter.type ? typeTitle(types.data?.items, filter.type) : t('record.list.type'),
                filter.from ? t('policy.since', { day: filter.from }) : null,
                last ? t('record.list.until', { day: last }) : null,
              ])
            }
          />
          {save ? (
            <ButtonLink to="/records/new" look="main" icon="plus">
              {t('record.enter.action')}
            </ButtonLink>
          ) : null}
        </div>
      </div>
      <div className="row filters" role="search" aria-label={t('record.list.filter')}>
        <Select
          aria-label={t('record.list.type')}
          allowClear
          placeholder={t('record.list.type')}
          style={{ minWidth: 180 }}
          value={filter.type}
          options={(inForce ?? []).map((type) => ({
            value: type.name,
            label: type.title,
          }))}
          onChange={(value: string | undefined) => set('type', value ?? null)}
        />
        <Range
          from={filter.from}
          until={search.get('until')}
          change={(from, until) => {
            set('from', from);
            set('until', until);
          }}
        />
        <button
          type="button"
          className="chip"
          aria-pressed={filter.subtree === true}
          onClick={() => set('subtree', String(!filter.subtree))}
        >
          {t('record.list.subtree')}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={search.get('plans') === 'true'}
          onClick={() => set('plans', search.get('plans') === 'true' ? null : 'true')}
        >
          {t('record.list.plans')}
        </button>
      </div>
      <Wrap label={t('record.list.title')} style={{ marginTop: 12, minHeight: 320 }}>
        {list.error ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Bones lines={10} />
        ) : items.length === 0 ? (
          <Empty name="records" icon="record">
            {save ? <ButtonLink to="/records/new">{t('record.enter.action')}</ButtonLink> : null}
          </Empty>
        ) : (
          <Rows
            items={items}
            units={filter.subtree === true || items.some((one) => one.units.length > 1)}
          />
        )}
      </Wrap>
      <More of={list} />
      {list.data?.pages[0] ? (
        <p className="as-of" style={{ marginTop: 8 }}>
          {t('state.as_of', { at: instant(list.data.pages[0].as_of.known_at) })}
        </p>
      ) : null}
    </div>
  );
}

function Rows({ items, units }: { items: Entry[]; units: boolean }) {
  const types = useRecordTypes();
  const phone = usePhone();
  if (phone) return <Cards items={items} units={units} />;
  // What was said stays near: from above there may be nothing to read.
  const said = items.some((one) => say(one, types.data?.items) !== '');
  return (
    <table className="table wide-rows">
      <thead>
        <tr>
          <th>{t('record.date')}</th>
          <th>{t('record.kinds')}</th>
          {said ? <th>{t('record.content')}</th> : null}
          {units ? <th>{t('record.units')}</th> : null}
          <th className="end">{t('record.there')}</th>
          <th>{t('record.entered')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td className="num">
              <Link to={`/records/${one.id}`}>{fullDay(one.date)}</Link>
            </td>
            <td>
              {one.types.map((type) => typeTitle(types.data?.items, type)).join(comma())}
              <StateTag state={one.state} />
            </td>
            {said ? <td className="content">{say(one, types.data?.items)}</td> : null}
            {units ? (
              <td>
                <UnitNames of={one} />
              </td>
            ) : null}
            <td className="end num">
              {one.state === 'planned' || one.present_count === 0 ? '' : one.present_count}
            </td>
            <td className="num muted small">
              {instant(one.entered)}
              {one.on_behalf ? <div>{t('record.on_behalf')}</div> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// On a phone a record is a few lines, not a row.
function Cards({ items, units }: { items: Entry[]; units: boolean }) {
  const types = useRecordTypes();
  return (
    <ul className="lines cards">
      {items.map((one) => (
        <li key={one.id}>
          <Link to={`/records/${one.id}`}>
            <span className="row between">
              <strong>
                {one.types.map((type) => typeTitle(types.data?.items, type)).join(comma())}
              </strong>
              <StateTag state={one.state} />
            </span>
            <span>{say(one, types.data?.items)}</span>
            <span className="muted small num">
              {fullDay(one.date)}
              {one.present_count > 0 ? ` · ${t('record.people', { n: one.present_count })}` : ''}
            </span>
            {units ? (
              <span className="muted small">{namedUnits(one).map(nameOf).join(comma())}</span>
            ) : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const namedUnits = (of: Entry) =>
  of.units.map((id, i) => ({
    id,
    name: of.unit_names[i] ?? null,
    within: of.units_within[i] ?? null,
  }));

export function UnitNames({ of }: { of: Entry }) {
  return namedUnits(of).map((unit) => (
    <div key={unit.id}>
      {unit.name ? (
        <Link to={`/units/${unit.id}`}>{unit.name}</Link>
      ) : (
        <span className="muted">{nameOf(unit)}</span>
      )}
    </div>
  ));
}

export function StateTag({ state }: { state: Entry['state'] }) {
  if (state === 'entered') return null;
  return (
    <span
      className={`tag ${state === 'planned' ? 'plan' : 'void'}`}
      style={{ marginInlineStart: 6 }}
    >
      {wordOf('record_state', state)}
    </span>
  );
}

async function exportList(
  items: Entry[],
  types: Parameters<typeof typeTitle>[0],
  asOf: RecordList['as_of'] | undefined,
  filter: (string | null | undefined)[],
) {
  await saveSheet({
    name: t('record.list.title'),
    notes: [...notesOf(asOf, filter), t('record.list.first', { n: items.length })],
    head: [
      'record.number',
      'record.date',
      'record.kinds',
      'record.state',
      'record.content',
      'record.place',
      'record.units',
      'record.there',
      'record.entered',
    ].map((key) => t(key)),
    rows: items.map((one) => [
      one.id,
      one.date,
      one.types.map((type) => typeTitle(types, type)).join(comma()),
      wordOf('record_state', one.state),
      say(one, types),
      one.place,
      namedUnits(one).map(nameOf).join(comma()),
      one.present_count,
      instant(one.entered),
    ]),
  });
}

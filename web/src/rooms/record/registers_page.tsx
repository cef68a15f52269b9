// Registers: what lasts and is in force, by kind; several on one unit are marked. The whole
// view stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import type { PackList, RecordType, RegisterEntry, RegisterList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay } from '@/i18n/format';
import { nameOf, UnitName } from '@/rooms/org/unit_name';
import { ButtonLink } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Bones, Empty, Loaded } from '@/ui/states';
import { sharingOf, columnsOf, isPerson, isUnit, personText, stateOf, textOf } from './registers';
import { useRecordTypes } from './types';
import './record.css';

// More than anybody reads; the rest is found below a unit further down.
const entries_max = 3000;

type Filter = {
  unit: string | undefined;
  type: string | undefined;
  subtree: boolean;
  all: boolean;
};

function useRegister(filter: Filter) {
  return useQuery({
    queryKey: ['/registers', filter],
    queryFn: async ({ signal }) => {
      const items: RegisterEntry[] = [];
      let cursor: string | null = null;
      for (;;) {
        const page: RegisterList = await get<RegisterList>(
          '/registers',
          { ...filter, limit: 500, cursor },
          { signal },
        );
        items.push(...page.items);
        cursor = page.next_cursor;
        if (!cursor || items.length >= entries_max)
          return { items, more: cursor !== null, as_of: page.as_of };
      }
    },
    enabled: filter.unit !== undefined && filter.type !== undefined,
  });
}

// Of a pack that nobody has put in force no register is kept yet; core always is.
function useInForce(): (type: RecordType) => boolean {
  const packs = useGet<PackList>('/packs', {}, useMay('pack_read'), 600_000);
  const idle = packs.data?.items.filter((pack) => !pack.active).map((pack) => pack.id) ?? [];
  const active = packs.data?.items.filter((pack) => pack.active).map((pack) => pack.id) ?? [];
  return ({ name }) => {
    const pack = name.split('/')[0] ?? '';
    return pack === 'core' || active.includes(pack) || !idle.includes(pack);
  };
}

export function Component() {
  const { unit } = useSession();
  const types = useRecordTypes();
  const isInForce = useInForce();
  if (!unit) return <Empty name="no_unit" icon="register" />;
  if (types.isPending) return <Bones lines={12} />;
  const lasting = types.data?.items.filter((type) => type.lasts && isInForce(type)) ?? [];
  if (lasting.length === 0) return <Empty name="registers" icon="register" />;
  return <Page types={lasting} />;
}

function Page({ types }: { types: RecordType[] }) {
  const { unit, me } = useSession();
  const [search, setSearch] = useSearchParams();
  const mayEnter = useMay('record_enter');
  const type = types.find((one) => one.name === search.get('type')) ?? types[0];
  const at = search.get('unit') ?? unit?.id;
  const filter: Filter = {
    unit: at,
    type: type?.name,
    subtree: search.get('subtree') !== 'false',
    all: search.get('all') === 'true',
  };
  const register = useRegister(filter);
  const sharing = useMemo(
    () => sharingOf(register.data?.items ?? [], type, me.today),
    [register.data, type, me.today],
  );
  const only = search.get('shared') === 'true' && sharing.size > 0;
  const rows = register.data?.items.filter((one) => !only || sharing.has(one.record));
  const columns = type ? columnsFor(type, sharing, me.today, filter) : [];
  const set = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.registers')}</h1>
          <p>{at ? <UnitName id={at} /> : null}</p>
        </div>
        <div className="row">
          <ExportButton
            name={`${t('place.registers')} ${type?.title ?? ''}`}
            columns={columns}
            rows={rows}
            asOf={register.data?.as_of}
            filter={[
              filter.subtree ? t('record.list.subtree') : null,
              filter.all ? t('register.all') : null,
              only ? t('register.only_shared') : null,
            ]}
          />
          {mayEnter ? (
            <ButtonLink
              to={`/records/new${type ? `?type=${encodeURIComponent(type.name)}` : ''}`}
              look="main"
              icon="plus"
            >
              {t('record.enter.action')}
            </ButtonLink>
          ) : null}
        </div>
      </div>
      <div
        className="row"
        style={{ gap: '8px 12px', marginBottom: 12 }}
        role="search"
        aria-label={t('record.list.filter')}
      >
        <Select
          aria-label={t('register.kind')}
          popupMatchSelectWidth={false}
          style={{ minWidth: 200 }}
          value={type?.name}
          options={types.map((one) => ({ value: one.name, label: one.title }))}
          onChange={(value: string) => set('type', value)}
        />
        <Chip
          label={t('record.list.subtree')}
          on={filter.subtree}
          press={() => set('subtree', filter.subtree ? 'false' : null)}
        />
        <Chip
          label={t('register.all')}
          on={filter.all}
          press={() => set('all', filter.all ? null : 'true')}
        />
        {sharing.size > 0 ? (
          <Chip
            label={t('register.only_shared_n', { n: sharing.size })}
            on={only}
            press={() => set('shared', only ? null : 'true')}
          />
        ) : null}
      </div>
      <Loaded of={register} lines={12}>
        {(data) => (
          <>
            {data.items.length > 0 ? (
              <p className="muted small num" style={{ marginBottom: 8 }}>
                {t('register.count', { n: data.items.length })}
                {data.more ? ` ${t('register.more', { n: entries_max })}` : ''}
              </p>
            ) : null}
            {rows && rows.length > 0 ? (
              <DataTable
                label={type?.title ?? ''}
                columns={columns}
                rows={rows}
                keyOf={(one) => one.record}
              />
            ) : (
              <section className="card">
                <Empty name="register" icon="register" />
              </section>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Chip(props: { label: string; on: boolean; press: () => void }) {
  return (
    <button type="button" className="chip" aria-pressed={props.on} onClick={props.press}>
      {props.label}
    </button>
  );
}

function Shown({ value, text }: { value: unknown; text: string }) {
  if (isUnit(value)) {
    return value.name ? <Link to={`/units/${value.id}`}>{value.name}</Link> : <>{nameOf(value)}</>;
  }
  if (isPerson(value)) return <strong>{personText(value)}</strong>;
  return <>{text}</>;
}

// Whoever else stands on the same unit.
const othersOf = (others: RegisterEntry[], type: RecordType) =>
  others
    .map((other) => {
      const person = Object.values(other.fields).find(isPerson);
      return person ? personText(person) : (type.title ?? '');
    })
    .join(comma());

function columnsFor(
  type: RecordType,
  sharing: Map<string, RegisterEntry[]>,
  today: string,
  filter: Filter,
): TableColumn<RegisterEntry>[] {
  const othersAt = (one: RegisterEntry) => sharing.get(one.record);
  const sharedText = (one: RegisterEntry) => {
    const others = othersAt(one);
    return others ? t('register.shared', { who: othersOf(others, type) }) : '';
  };
  return [
    ...columnsOf(type).map((field): TableColumn<RegisterEntry> => ({
      head: field.title,
      cell: (one) => {
        const value = one.fields[field.name];
        const shared =
          field.type === 'unit' && type.identity.includes(field.name) ? sharedText(one) : '';
        return (
          <span>
            <Shown value={value} text={textOf(field, value)} />
            {shared ? (
              <span style={{ display: 'block' }}>
                <span className="tag plan wraps">{shared}</span>
              </span>
            ) : null}
          </span>
        );
      },
      value: (one) => textOf(field, one.fields[field.name]),
    })),
    {
      head: t('register.unit'),
      cell: (one) => one.units.map(nameOf).join(comma()),
      value: (one) => one.units.map(nameOf).join(comma()),
    },
    {
      head: t('register.from'),
      num: true,
      cell: (one) => fullDay(one.from),
      value: (one) => one.from,
    },
    {
      head: t('register.until'),
      num: true,
      cell: (one) =>
        one.until ? fullDay(one.until) : <span className="muted">{t('register.open')}</span>,
      value: (one) => one.until ?? '',
    },
    ...(filter.all
      ? [
          {
            head: t('register.state'),
            cell: (one: RegisterEntry) => t(`register.state.${stateOf(one, today)}`),
            value: (one: RegisterEntry) => t(`register.state.${stateOf(one, today)}`),
          },
        ]
      : []),
    { head: t('register.shared_head'), cell: () => null, value: sharedText, quiet: true },
    {
      head: t('register.record'),
      quiet: true,
      end: true,
      cell: (one) => <Link to={`/records/${one.record}`}>{t('register.record')}</Link>,
    },
  ];
}

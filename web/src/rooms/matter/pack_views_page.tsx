// Ledgers as packs arrange them: parts with their counts, which add up, and open to what is in them.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useGet, usePages } from '@/api/hooks';
import type { Field, Matter, MatterList, MatterType, PackViewList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { UnitSelect } from '@/rooms/org/unit_select';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Drawer } from '@/ui/overlay';
import { Bones, Empty, Loaded, More, Trouble } from '@/ui/states';
import { StateMark } from './marks';
import './matter.css';
import { unitNamesIn } from './names';
import { contentField, plain } from './say';
import { useMatterTypes } from './types';

type View = PackViewList['items'][number];
type Opened = { view: View; part: string; title: string };

// What is in no part.
const outside = '-';

export function Component() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const at = search.get('unit') ?? unit?.id;
  if (!unit || !at) return <Empty name="no_unit" icon="ledger" />;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('pack_view.title')}</h1>
          <p>{t('pack_view.text')}</p>
        </div>
      </div>
      <div className="field">
        <label htmlFor="ledgers-unit">{t('pack_view.unit')}</label>
        <UnitSelect
          id="ledgers-unit"
          value={[at]}
          named={{ [unit.id]: unit.name }}
          change={(units) => setSearch(units[0] ? { unit: units[0] } : {}, { replace: true })}
        />
      </div>
      <Ledgers key={at} unit={at} />
    </div>
  );
}

function Ledgers({ unit }: { unit: string }) {
  const list = useGet<PackViewList>(`/units/${unit}/pack-views`);
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <Loaded of={list}>
      {({ items, as_of }) => (
        <div className="stack">
          {items.length === 0 ? <Empty name="pack_views" icon="ledger" /> : null}
          {items.map((view) => (
            <Ledger key={view.view} view={view} open={setOpened} />
          ))}
          <p className="as-of">{t('state.as_of', { at: instant(as_of.known_at) })}</p>
          {opened ? <Rows unit={unit} opened={opened} close={() => setOpened(null)} /> : null}
        </div>
      )}
    </Loaded>
  );
}

function Ledger({ view, open }: { view: View; open: (opened: Opened) => void }) {
  const line = (part: string, title: string, count: number) => (
    <li key={part}>
      <button
        type="button"
        className="link grow"
        disabled={count === 0}
        onClick={() => open({ view, part, title })}
      >
        {title}
      </button>
      <span className="num">{count}</span>
    </li>
  );
  return (
    <section className="card" aria-label={view.title}>
      <header>
        <h2>{view.title}</h2>
        <p className="num">{t('pack_view.total', { n: view.total })}</p>
      </header>
      {view.guide ? <p className="body muted">{view.guide}</p> : null}
      {view.groups.map((group) => (
        <div key={group.id} className="body">
          <h3>
            {group.title} <span className="num muted">{group.count}</span>
          </h3>
          <ul className="lines ledger-parts">
            {group.parts.map((part) => line(part.part, part.title, part.count))}
          </ul>
        </div>
      ))}
      <div className="body">
        <ul className="lines ledger-parts">
          {line(outside, t('pack_view.outside'), view.outside)}
        </ul>
        <p className="small muted">{view.sentence}</p>
      </div>
    </section>
  );
}

// A cell of a column of the view: a field of the type, or what every matter says of itself.
function cellOf(column: string, type: MatterType | undefined, items: Matter[]) {
  const field: Field | undefined = type?.fields.find((one) => one.name === column);
  const names = unitNamesIn(items);
  const content = contentField(type)?.name;
  return (matter: Matter) => {
    if (field) {
      const text = plain(field, matter.fields[field.name], names);
      return column === content ? <Link to={`/matters/${matter.id}`}>{text}</Link> : text;
    }
    if (column === 'unit') return nameOf(matter.unit);
    if (column === 'state') return <StateMark matter={matter} />;
    const day = column === 'due' ? matter.due : matter.opened;
    return day ? fullDay(day) : '';
  };
}

function Rows(props: { unit: string; opened: Opened; close: () => void }) {
  const { view, part, title } = props.opened;
  const types = useMatterTypes();
  const list = usePages<MatterList>(`/units/${props.unit}/pack-views/rows`, {
    view: view.view,
    part,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const type = types.data?.items.find((one) => one.name === items[0]?.type);
  const columns: TableColumn<Matter>[] = view.columns.map(({ column, title: head }) => ({
    head,
    cell: cellOf(column, type, items),
  }));
  return (
    <Drawer close={props.close} title={`${view.title} · ${title}`}>
      {list.error && !list.data ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data || types.isPending ? (
        <Bones lines={6} />
      ) : (
        <>
          <DataTable label={title} columns={columns} rows={items} keyOf={(one) => one.id} />
          <More of={list} />
        </>
      )}
    </Drawer>
  );
}

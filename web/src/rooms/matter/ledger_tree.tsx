// The ledger down the tree of units: each with how many stand where in its whole subtree, opening to
// the units below it and to its own matters, and a matter to those whose parent it is. Every figure
// opens to its matters.
import { useState } from 'react';
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { MatterCountsBelow, MatterCounts, MatterOutline, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Bones, Empty, More, Trouble } from '@/ui/states';
import { useOutlines } from './ledger_timeline';
import './ledger_views.css';
import { Due, StateMark } from './marks';
import { contentOf } from './say';
import type { View } from './view';

type OfType = MatterCounts['types'][number];
type Props = { view: View; types: MatterType[] };

export function LedgerTree({ view, types }: Props) {
  const at = view.at ?? '';
  return (
    <section className="card tree" aria-label={t('matter.show.tree')}>
      <Below unit={at} view={view} types={types} top />
    </section>
  );
}

function useBelow(unit: string, type: string | null) {
  return usePages<MatterCountsBelow>(
    `/units/${unit}/children/matters/counts`,
    { type },
    { limit: 100 },
  );
}

const sum = (types: OfType[], of: (type: OfType) => number) =>
  types.reduce((all, type) => all + of(type), 0);

// What lies below a unit: its own matters, then the units.
function Below(props: Props & { unit: string; top?: boolean }) {
  const { unit, view, types } = props;
  const below = useBelow(unit, view.type);
  const [empty, setEmpty] = useState(false);
  if (below.error) {
    return <Trouble error={below.error} retry={() => void below.refetch()} />;
  }
  if (below.isPending) return <Bones lines={props.top ? 10 : 3} />;
  const pages = below.data.pages;
  const own = sum(pages[0]?.own ?? [], (type) => type.count);
  const items = pages.flatMap((page) => page.items);
  const some = items.filter((one) => sum(one.types, (type) => type.count) > 0);
  const without = items.length - some.length;
  if (props.top && own === 0 && some.length === 0 && !below.hasNextPage) {
    return <Empty name="matters" icon="ledger" />;
  }
  return (
    <ul className="tree-list">
      {own > 0 ? (
        <li>
          <OwnMatters unit={unit} view={view} types={types} open={items.length === 0} n={own} />
        </li>
      ) : null}
      {(empty ? items : some).map((one) => (
        <UnitRow key={one.unit.id} of={one} view={view} types={types} />
      ))}
      {without > 0 && !empty ? (
        <li>
          <Button look="quiet" onClick={() => setEmpty(true)}>
            {t('matter.tree.without', { n: without })}
          </Button>
        </li>
      ) : null}
      {below.hasNextPage ? (
        <li>
          <More of={below} />
        </li>
      ) : null}
    </ul>
  );
}

function UnitRow(props: Props & { of: MatterCountsBelow['items'][number] }) {
  const { of, view } = props;
  const [open, setOpen] = useState(false);
  const unit = of.unit.id ?? '';
  const name = nameOf(of.unit);
  const all = sum(of.types, (type) => type.count);
  return (
    <li>
      <div className="tree-row">
        {all > 0 ? (
          <button
            type="button"
            className="icon-button"
            aria-expanded={open}
            aria-label={t(open ? 'matter.tree.close' : 'matter.tree.open', { unit: name })}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} size={18} />
          </button>
        ) : (
          <span className="tree-gap" aria-hidden="true" />
        )}
        <span className="tree-name">
          <Link to={`/matters?unit=${unit}&party=false&show=tree`}>{name}</Link>
        </span>
        <Counts types={of.types} unit={unit} view={view} />
      </div>
      {open ? <Below unit={unit} view={view} types={props.types} /> : null}
    </li>
  );
}

// How many stand where; each opens to its matters.
function Counts(props: { types: OfType[]; unit: string; view: View }) {
  const { types } = props;
  const to = (more: Record<string, string>) =>
    `/matters?${new URLSearchParams({ unit: props.unit, party: 'false', ...more }).toString()}`;
  const open = sum(types, (type) => type.open);
  const overdue = sum(types, (type) => type.overdue);
  const ofType: Record<string, string> = props.view.type ? { type: props.view.type } : {};
  const states = types.flatMap((type) =>
    type.states
      .filter((state) => state.count > 0)
      .map((state) => ({ ...state, type: type.type, of: type.title })),
  );
  if (states.length === 0) return <span className="small muted">{t('matter.tree.none')}</span>;
  return (
    <span className="tree-counts">
      <Link to={to({ ...ofType, open: 'true' })} className="num">
        {t('matter.tree.open_n', { n: open })}
      </Link>
      {overdue > 0 ? (
        <Link to={to({ ...ofType, overdue: 'true' })} className="num v-failed">
          {t('matter.of_them_late', { n: overdue })}
        </Link>
      ) : null}
      <span className="tree-states">
        {states.map((state) => (
          <Link
            key={`${state.type} ${state.id}`}
            className={`small num ${state.is_final ? 'muted' : ''}`}
            to={to({ type: state.type, state: state.id })}
          >
            {types.length > 1 ? `${state.of} · ` : ''}
            {state.title ?? state.id} {state.count}
          </Link>
        ))}
      </span>
    </span>
  );
}

function OwnMatters(props: Props & { unit: string; open: boolean; n: number }) {
  const [open, setOpen] = useState(props.open);
  return (
    <>
      <div className="tree-row">
        <button
          type="button"
          className="icon-button"
          aria-expanded={open}
          aria-label={t('matter.tree.own', { n: props.n })}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'right'} size={18} />
        </button>
        <span className="muted">{t('matter.tree.own', { n: props.n })}</span>
      </div>
      {open ? (
        <Matters
          query={{ unit: props.unit, own: true, type: props.view.type, sort: 'due' }}
          {...props}
        />
      ) : null}
    </>
  );
}

function Matters(
  props: Props & { query: Record<string, string | boolean | null>; inside?: ReadonlySet<string> },
) {
  const list = useOutlines(props.query);
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Bones lines={2} />;
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <ul className="tree-list">
      {items.map((one) => (
        <MatterRow key={one.matter.id} of={one} {...props} />
      ))}
      {list.hasNextPage ? (
        <li>
          <More of={list} />
        </li>
      ) : null}
    </ul>
  );
}

function MatterRow(props: Props & { of: MatterOutline; inside?: ReadonlySet<string> }) {
  const { view, types } = props;
  const { matter, children } = props.of;
  const [open, setOpen] = useState(false);
  const inside = new Set([...(props.inside ?? []), matter.id]);
  const content = contentOf(
    matter,
    types.find((type) => type.name === matter.type),
  );
  return (
    <li>
      <div className="tree-row">
        {children > 0 ? (
          <button
            type="button"
            className="icon-button"
            aria-expanded={open}
            aria-label={t('matter.tree.children_of', { what: content })}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} size={18} />
          </button>
        ) : (
          <span className="tree-gap" aria-hidden="true" />
        )}
        <span className="tree-name">
          <Link to={`/matters/${matter.id}`} className="two-lines">
            {content}
          </Link>
          <span className="small muted">
            <span className="num">{matter.number ?? matter.id}</span>
            {props.inside ? ` · ${nameOf(matter.unit)}` : ''}
            {children > 0 ? ` · ${t('matter.tree.children', { n: children })}` : ''}
            {matter.parent && !props.inside ? (
              <>
                {' · '}
                <Link to={`/matters/${matter.parent}`}>
                  {t('matter.parent', { id: matter.parent })}
                </Link>
              </>
            ) : null}
          </span>
        </span>
        <span className="tree-marks">
          <Due matter={matter} />
          <StateMark matter={matter} />
        </span>
      </div>
      {open && !props.inside?.has(matter.id) ? (
        <Matters
          query={{ unit: view.at ?? '', parent: matter.id }}
          view={view}
          types={types}
          inside={inside}
        />
      ) : null}
    </li>
  );
}

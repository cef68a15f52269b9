// Figures: what the records and matters of a unit come to, with all below it. Every number opens to
// what it was counted from; nothing here is typed, and nothing puts persons in an order.
import { Select } from 'antd';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useKept, useGet } from '@/api/hooks';
import type { Figure, Indicator, IndicatorList, UnitWithPaths } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { isBranch } from '@/rooms/org/unit_name';
import { Path } from '@/rooms/org/unit_page';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { Button } from '@/ui/button';
import { DayChoice, DayNotice } from '@/ui/day_choice';
import { AsOfLine, Bones, Empty, Trouble } from '@/ui/states';
import { Pace, type Part, Parts } from './bars';
import { ChildrenTable } from './children_table';
import { FactsDrawer, type OpenedFigure } from './facts_drawer';
import { paceOf, valueOf } from './say';
import './indicator.css';

export function Component() {
  const { unit } = useSession();
  const params = useParams();
  const node = params.unit ?? unit?.id;
  if (!node) return <Empty name="no_unit" icon="standing" />;
  return <Page key={node} node={node} />;
}

type Item = IndicatorList['items'][number];

// In the order of the packs.
function groupsOf(items: Item[]): { title: string; items: Item[] }[] {
  const groups: { title: string; items: Item[] }[] = [];
  for (const item of items) {
    const title = item.indicator.pack_title;
    const last = groups.at(-1);
    if (last?.title === title) last.items.push(item);
    else groups.push({ title, items: [item] });
  }
  return groups;
}

function Page({ node }: { node: string }) {
  const [search, setSearch] = useSearchParams();
  const period = search.get('period') ?? undefined;
  const query = { period, on: search.get('on') ?? undefined };
  const at = useGet<UnitWithPaths>(`/units/${node}`);
  const path = `/units/${node}/indicators`;
  const list = useKept<IndicatorList>(path, query);
  const [opened, setOpened] = useState<OpenedFigure | null>(null);
  const [below, setBelow] = useState<Indicator | null>(null);
  const items = list.data?.items ?? [];
  const here = { id: node, name: at.data?.name ?? '…' };
  const hasChildren = at.data ? at.data.has_children && !isBranch(at.data) : false;
  const suffix = search.size > 0 ? `?${search}` : '';
  return (
    <div className="page figures">
      {at.data ? (
        <Path
          steps={at.data.path.filter((step) => step.id !== node)}
          link={(id) => `/figures/${id}${suffix}`}
        />
      ) : null}
      <div className="page-head">
        <h1>{t('figures.title', { unit: here.name })}</h1>
        <div className="row">
          <AsOfLine of={list.data?.as_of} />
          <Years
            period={period}
            choose={(name) =>
              setSearch(
                (before) => {
                  if (name) before.set('period', name);
                  else before.delete('period');
                  return before;
                },
                { replace: true },
              )
            }
          />
          <DayChoice />
        </div>
      </div>
      <DayNotice />
      <ReasonGate
        error={list.error ?? at.error}
        path={path}
        done={() => void Promise.all([list.refetch(), at.refetch()])}
      >
        {list.error && !list.data ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : !list.data ? (
          <Bones lines={12} />
        ) : items.length === 0 ? (
          <Empty name="figures" icon="standing" />
        ) : (
          groupsOf(items).map((group) => (
            <section key={group.title}>
              <h2>{group.title}</h2>
              <div className="figure-cards">
                {group.items.map(({ indicator, figure }) => (
                  <Card
                    key={indicator.indicator}
                    indicator={indicator}
                    figure={figure}
                    open={(part) => setOpened({ node: here, indicator, ...(part ? { part } : {}) })}
                    below={hasChildren ? () => setBelow(indicator) : undefined}
                  />
                ))}
              </div>
            </section>
          ))
        )}
      </ReasonGate>
      {below ? (
        <ChildrenTable
          key={below.indicator}
          node={here}
          indicator={below}
          query={query}
          search={suffix}
          open={(unit) => setOpened({ node: unit, indicator: below })}
        />
      ) : null}
      {opened ? <FactsDrawer opened={opened} query={query} close={() => setOpened(null)} /> : null}
    </div>
  );
}

function Years(props: { period: string | undefined; choose: (name: string | null) => void }) {
  const { me } = useSession();
  const year = Number(me.today.slice(0, 4));
  return (
    <Select
      aria-label={t('standing.period')}
      value={props.period ?? ''}
      style={{ minWidth: 120 }}
      options={[
        { value: '', label: t('figures.today') },
        ...[year, year - 1, year - 2].map((one) => ({
          value: String(one),
          label: periodTitle(String(one)),
        })),
      ]}
      onChange={(name) => props.choose(name || null)}
    />
  );
}

function Card(props: {
  indicator: Indicator;
  figure: Figure;
  open: (part?: Part) => void;
  below: (() => void) | undefined;
}) {
  const { indicator, figure } = props;
  const pace = paceOf(figure, indicator);
  return (
    <article className="card pad figure-card">
      <h3>{indicator.title}</h3>
      <p className="muted small">
        {indicator.period ? periodTitle(indicator.period.name) : t('figures.as_of_day')}
      </p>
      <button
        type="button"
        className={`link num ${figure.state === 'shown' ? 'figure-value' : 'figure-none'}`}
        onClick={() => props.open()}
      >
        {valueOf(figure, indicator)}
      </button>
      <Pace figure={figure} />
      {pace ? <p className="small">{pace}</p> : null}
      <Parts figure={figure} indicator={indicator} open={props.open} />
      {figure.beyond > 0 ? (
        <p className="small">
          {t(`figures.beyond.${indicator.limit_is ?? 'control'}`, { n: figure.beyond })}
        </p>
      ) : null}
      <div className="row">
        <span className="muted small">
          {t('figures.basis', { clauses: indicator.clauses.join(t('list.comma')) })}
        </span>
        {props.below ? (
          <Button look="quiet" onClick={props.below}>
            {t('figures.below')}
          </Button>
        ) : null}
      </div>
    </article>
  );
}

// Behind a figure: what it is by the clause, what counted and what did not and why.
import { useState } from 'react';
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { Figure, Indicator, IndicatorFacts } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Bones, More, Trouble } from '@/ui/states';
import { keyOf, Pace, type Part, Parts, titleOf } from './bars';
import { paceOf, round, valueOf } from './say';

export type OpenedFigure = {
  node: { id: string; name: string };
  indicator: Indicator;
  part?: Part;
};

const pathOf = (id: string) =>
  id.startsWith('r') ? `/records/${id}` : id.startsWith('i') ? `/matters/${id}` : `/units/${id}`;

function Words(props: { figure: Figure; indicator: Indicator; open: (part: Part) => void }) {
  const { figure, indicator } = props;
  const pace = paceOf(figure, indicator);
  return (
    <div className="stack">
      <p className="figure-value num">{valueOf(figure, indicator)}</p>
      <Pace figure={figure} />
      {pace ? <p>{pace}</p> : null}
      <Parts figure={figure} indicator={indicator} open={props.open} />
      {figure.error ? <p className="muted">{figure.error}</p> : null}
      {figure.beyond > 0 ? (
        <p>
          {t(`figures.beyond.${indicator.limit_is ?? 'control'}`, { n: figure.beyond })}
          {figure.beyond_units.slice(0, 20).map((unit) => (
            <span key={unit.id} style={{ marginInlineStart: 8 }}>
              <Link to={`/figures/${unit.id}`}>{nameOf(unit)}</Link>
            </span>
          ))}
        </p>
      ) : null}
      <p className="muted small">{indicator.sentence}</p>
      {figure.parameters.map((one) => (
        <p key={one.address} className="muted small">
          {t('figures.parameter', {
            title: one.title,
            value: String(one.value),
            basis: t(`figures.basis.${one.basis}`),
          })}
        </p>
      ))}
    </div>
  );
}

export function FactsDrawer(props: {
  opened: OpenedFigure;
  query: { period?: string | undefined; on?: string | undefined };
  close: () => void;
}) {
  const { node, indicator } = props.opened;
  const [part, setPart] = useState(props.opened.part);
  const path = `/units/${node.id}/indicators/facts`;
  const query = {
    ...props.query,
    indicator: indicator.indicator,
    part: part ? keyOf(part) : undefined,
  };
  const list = usePages<IndicatorFacts>(path, query);
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const withheld = list.data?.pages.reduce((sum, page) => sum + page.withheld, 0) ?? 0;
  return (
    <Drawer
      close={props.close}
      title={
        <>
          {indicator.title}
          <div className="muted small" style={{ fontWeight: 400 }}>
            {node.name}
          </div>
        </>
      }
    >
      <ReasonGate error={list.error} path={path} query={query} done={() => void list.refetch()}>
        {list.error && !first ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : !first ? (
          <Bones lines={8} />
        ) : (
          <>
            <Words figure={first.figure} indicator={first.indicator} open={setPart} />
            {part ? (
              <p className="row">
                <span>{t('figures.of_part', { part: titleOf(part) })}</span>
                <Button look="quiet" onClick={() => setPart(undefined)}>
                  {t('figures.of_all_parts')}
                </Button>
              </p>
            ) : null}
            {first.total > 0 ? <h3>{t('figures.facts', { n: first.total })}</h3> : null}
            <ul className="figure-facts">
              {items.map((fact) => (
                <li key={fact.id}>
                  <Link to={pathOf(fact.id)}>{fact.id}</Link>
                  <span className="num">{fullDay(fact.date)}</span>
                  <span>{fact.units.map(nameOf).join(t('list.comma'))}</span>
                  {fact.amount === null ? null : <span className="num">{round(fact.amount)}</span>}
                  {fact.counted ? null : (
                    <span className="muted">{fact.why ?? t('figures.no_number')}</span>
                  )}
                  {fact.is_part === null ? null : (
                    <span className="muted">
                      {t(fact.is_part ? 'figures.in_part' : 'figures.not_in_part')}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {withheld > 0 ? (
              <p className="muted">{t('figures.withheld', { n: withheld })}</p>
            ) : null}
            <More of={list} />
          </>
        )}
      </ReasonGate>
    </Drawer>
  );
}

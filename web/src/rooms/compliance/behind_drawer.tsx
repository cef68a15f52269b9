// Behind a number: the units of each verdict, worst first, each leading further down; for one
// bearer the explanation in sentences.
import { useState } from 'react';
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { Behind, Verdict } from '@/api/parts';
import type { BehindList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { periodTitle, share } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { ButtonLink } from '@/ui/button';
import { ExportButton, type SheetColumn } from '@/ui/data_table';
import { Icon } from '@/ui/icon';
import { Drawer } from '@/ui/overlay';
import { Bones, More, Trouble } from '@/ui/states';
import { countOf, Marks, order, VerdictWord } from '@/ui/verdict';
import { Explain } from './explain';
import type { Opened } from './standing_page';
import { isPlace, nodePath } from './hooks';
import { useStandingView } from './standing_filters';

type Bearer = { id: string; name: string | null };

export function BehindDrawer(props: { opened: Opened; close: () => void; branch: boolean }) {
  const { column, cell, node } = props.opened;
  const direct = (props.branch || node.has_children === false) && column.bearer === 'unit';
  const [bearer, setBearer] = useState<Bearer | null>(
    direct && node.id ? { id: node.id, name: node.name } : null,
  );
  const view = useStandingView();
  const title = `${column.title} ${periodTitle(column.period)}`;
  return (
    <Drawer
      close={props.close}
      title={
        <>
          {title}
          <div className="muted small" style={{ fontWeight: 400 }}>
            {bearer?.name ?? node.name}
          </div>
        </>
      }
    >
      {bearer ? (
        <>
          {direct ? null : (
            <button
              type="button"
              className="link row"
              style={{ marginBottom: 12 }}
              onClick={() => setBearer(null)}
            >
              <Icon name="left" size={16} />
              {t('behind.back')}
            </button>
          )}
          <Explain bearer={bearer.id} column={column} at={view.on} />
          {bearer.id.startsWith('u') ? (
            <p style={{ marginTop: 14 }}>
              <ButtonLink to={`/units/${bearer.id}`} icon="unit">
                {t('behind.unit')}
              </ButtonLink>
            </p>
          ) : null}
        </>
      ) : (
        <>
          <p className="say num">
            {cell.due === 0
              ? t('standing.nothing_due')
              : t('behind.share', { share: share(cell.done, cell.due), what: column.counted_in })}
          </p>
          <Behinds opened={props.opened} open={setBearer} />
        </>
      )}
    </Drawer>
  );
}

const orderly: Verdict[] = ['met_late', 'met', 'exempt', 'not_applicable'];

// Whoever has something left to do; everybody where nobody has.
const asked = (there: Verdict[]) => {
  const left = there.filter((verdict) => !orderly.includes(verdict));
  return left.length > 0 ? left : there;
};

function Behinds({ opened, open }: { opened: Opened; open: (bearer: Bearer) => void }) {
  const { column, cell, node } = opened;
  const there = order.filter((verdict) => countOf(cell, verdict) > 0);
  const [chosen, setChosen] = useState<Verdict | null>(null);
  const view = useStandingView();
  const query = {
    obligation: column.obligation,
    period: column.period,
    tree: isPlace(node.id ?? '') ? undefined : view.query.tree,
    tree_of: view.query.tree_of,
    on: view.on,
    verdict: chosen ?? asked(there).join(','),
  };
  const path = `${nodePath(node.id ?? '')}/behind`;
  const list = usePages<BehindList>(path, query);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const withheld = list.data?.pages.reduce((sum, page) => sum + page.withheld, 0) ?? 0;
  return (
    <>
      <div className="verdict-list" role="group" aria-label={t('behind.filter')}>
        {there.map((verdict) => (
          <button
            key={verdict}
            type="button"
            className="chip"
            aria-pressed={chosen === verdict}
            onClick={() => setChosen(chosen === verdict ? null : verdict)}
          >
            <VerdictWord verdict={verdict} />
            <b className="num">{countOf(cell, verdict)}</b>
          </button>
        ))}
      </div>
      <ReasonGate error={list.error} path={path} query={query} done={() => void list.refetch()}>
        {list.error ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Bones lines={8} />
        ) : (
          <ul className="behind">
            {items.map((one) => (
              <BehindLine
                key={`${one.unit.id} ${one.bearer}`}
                one={one}
                opened={opened}
                open={open}
              />
            ))}
            {withheld > 0 ? (
              <li className="muted">{t('behind.withheld', { n: withheld })}</li>
            ) : null}
            {items.length === 0 && withheld === 0 ? (
              <li className="muted">{t('behind.none')}</li>
            ) : null}
          </ul>
        )}
      </ReasonGate>
      {items.length > 0 ? (
        <p className="row" style={{ marginTop: 12 }}>
          <ExportButton
            name={`${column.title} ${periodTitle(column.period)}`}
            columns={behindColumns(node.id)}
            rows={items}
            asOf={list.data?.pages[0]?.as_of}
            filter={[
              node.name,
              ...(chosen ? [chosen] : asked(there)).map((one) => t(`verdict.${one}`)),
            ]}
            notes={list.hasNextPage ? [t('record.list.first', { n: items.length })] : []}
          />
        </p>
      ) : null}
      <More of={list} />
    </>
  );
}

const above = (one: Behind, top: string | null) =>
  one.unit.path.filter((step) => step.id !== one.unit.id && step.id !== top);

const behindColumns = (top: string | null): SheetColumn<Behind>[] => [
  { head: t('unit.path'), value: (one) => above(one, top).map(nameOf).join(' › ') },
  { head: t('standing.unit'), value: (one) => one.name ?? nameOf(one.unit) },
  {
    head: t('standing.done_of_due'),
    value: (one) =>
      one.bearer === null ? `${one.cell.done}/${one.cell.due}` : `${one.have}/${one.need}`,
  },
  { head: t('standing.verdict'), value: (one) => t(`verdict.${one.worst}`) },
];

function BehindLine(props: { one: Behind; opened: Opened; open: (bearer: Bearer) => void }) {
  const { one, opened } = props;
  const name = one.name ?? nameOf(one.unit);
  const bearer = one.bearer;
  return (
    <li>
      <div className="grow">
        <p className="muted small">{above(one, opened.node.id).map(nameOf).join(' › ')}</p>
        {bearer === null && one.unit.id === null ? (
          <span className="muted">{name}</span>
        ) : bearer === null ? (
          <Link to={`/standing/${one.unit.id}`}>{name}</Link>
        ) : (
          <button type="button" className="link" onClick={() => props.open({ id: bearer, name })}>
            {name}
          </button>
        )}
        <Marks of={one.marks} />
      </div>
      <span className="num">
        {bearer === null ? `${one.cell.done}/${one.cell.due}` : `${one.have}/${one.need}`}
      </span>
      <VerdictWord verdict={one.worst} />
    </li>
  );
}

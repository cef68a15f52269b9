// What hangs together with a matter: what it was merged into, what was merged into it, its parent,
// and what is below it.
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { newKey, post } from '@/api/client';
import { usePages } from '@/api/hooks';
import type {
  MatterBatchDone,
  MatterBelow,
  MatterRelated,
  MatterType,
  MatterWhole,
} from '@/api/types';
import { t } from '@/i18n/i18n';
import { useMay } from '@/app/session';
import { nameOf } from '@/rooms/org/unit_name';
import { Button, ButtonLink } from '@/ui/button';
import { Bones, More, Trouble } from '@/ui/states';
import { BatchBar } from './batch_bar';
import { GroupDrawer } from './group_drawer';
import { Due, StateMark } from './marks';
import { contentOf } from './say';

type Props = { matter: MatterWhole; types: MatterType[] };

type Tick = { on: boolean; press: (on: boolean) => void };

function Line(props: { of: MatterRelated; types: MatterType[]; tick?: Tick | undefined }) {
  const { of, types, tick } = props;
  const { id, matter } = of;
  if (!matter) {
    return (
      <li>
        <span className="muted">{t('matter.related.hidden', { id })}</span>
      </li>
    );
  }
  const type = types.find((one) => one.name === matter.type);
  return (
    <li>
      <span className="row between">
        {tick ? (
          <input
            type="checkbox"
            aria-label={t('matter.batch.tick', { id })}
            checked={tick.on}
            onChange={(event) => tick.press(event.target.checked)}
          />
        ) : null}
        <Link to={`/matters/${id}`} className="two-lines grow">
          {matter.number ?? id} {contentOf(matter, type)}
        </Link>
        <StateMark matter={matter} />
      </span>
      <span className="row between small">
        <span className="muted">{nameOf(matter.unit)}</span>
        <Due matter={matter} />
      </span>
    </li>
  );
}

// Said first: what is read here goes on there, or is for more than one that raised it.
export function Merged({ matter, types }: Props) {
  const into = matter.merged_into;
  const list = (title: string, all: MatterRelated[]) => (
    <section className="card merged" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <ul className="lines">
        {all.map((one) => (
          <Line key={one.id} of={one} types={types} />
        ))}
      </ul>
    </section>
  );
  return (
    <>
      {into ? list(t('matter.merged.into'), [into]) : null}
      {matter.merged.length > 0
        ? list(t('matter.merged.here', { n: matter.merged.length }), matter.merged)
        : null}
    </>
  );
}

// Every figure opens to its matters, and those that are open are moved together from here.
export function Below({ matter, types }: Props) {
  const [outcome, setOutcome] = useState<string | null>(null);
  const [late, setLate] = useState(false);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const mayMove = useMay('matter_change');
  const path = `/matters/${matter.id}/below`;
  const list = usePages<MatterBelow>(
    path,
    { outcome, overdue: late ? true : undefined },
    { limit: 20, keep: true, enabled: matter.below_count > 0 },
  );
  if (matter.below_count === 0) return null;
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.flatMap((one) =>
    one.matter?.is_open && ticked.has(one.id) ? [one.matter] : [],
  );
  const tickOf = (id: string): Tick => ({
    on: ticked.has(id),
    press: (on) => {
      const next = new Set(ticked);
      if (on) next.add(id);
      else next.delete(id);
      setTicked(next);
    },
  });
  // Pressed once more, it is all of them again.
  const show = (what: string | null, isLate: boolean) => {
    const again = outcome === what && late === isLate;
    setOutcome(again ? null : what);
    setLate(again ? false : isLate);
  };
  const chip = (what: string | null, title: string, n: number, overdue: number) => (
    <Fragment key={what ?? ''}>
      <Chip
        on={outcome === what && !late}
        press={() => show(what, false)}
        label={t('matter.below.count', { what: title, n })}
      />
      {overdue > 0 ? (
        <Chip
          on={outcome === what && late}
          press={() => show(what, true)}
          label={`${title} · ${t('matter.of_them_late', { n: overdue })}`}
        />
      ) : null}
    </Fragment>
  );
  return (
    <section className="card below" aria-label={t('matter.below')}>
      <header>
        <h2>{t('matter.below')}</h2>
        <span className="muted num">{t('matter.below.n', { n: matter.below_count })}</span>
      </header>
      {list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending ? <Bones lines={4} /> : null}
      {first ? (
        <div className="row below-counts" role="group" aria-label={t('matter.below.by_outcome')}>
          {chip(null, t('matter.list.all'), first.count, 0)}
          {first.counts.map((one) => chip(one.outcome, one.title, one.count, one.overdue))}
        </div>
      ) : null}
      <ul className="lines">
        {items.map((one) => (
          <Line
            key={one.id}
            of={one}
            types={types}
            tick={mayMove && one.matter?.is_open ? tickOf(one.id) : undefined}
          />
        ))}
      </ul>
      <BatchBar
        chosen={chosen}
        type={types.find((one) => chosen.every(({ type }) => type === one.name))}
        clear={() => setTicked(new Set())}
      />
      <More of={list} />
    </section>
  );
}

const Chip = (props: { on: boolean; label: string; press: () => void }) => (
  <button type="button" className="chip num" aria-pressed={props.on} onClick={props.press}>
    {props.label}
  </button>
);

// Into a group, or out of the one that it is in; and one more below it.
export function GroupButtons(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  done: (said: string) => void;
}) {
  const { matter, type } = props;
  const queries = useQueryClient();
  const [grouping, setGrouping] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!matter.may_edit) return null;
  const below = new URLSearchParams({
    type: matter.type,
    unit: matter.unit.id ?? '',
    parent: matter.id,
  });
  const takeOut = async () => {
    setBusy(true);
    const items = [{ id: matter.id, version: matter.version }];
    try {
      const done = await post<MatterBatchDone>('/matters/grouping', { items }, { key: newKey() });
      const why = done.items.flatMap((one) => one.why.map(({ say }) => say)).join(' ');
      props.done(why || t('matter.group.taken_out'));
    } catch (error) {
      props.done(error instanceof Error ? error.message : String(error));
    }
    void queries.invalidateQueries();
    setBusy(false);
  };
  return (
    <>
      {matter.parent ? (
        <Button busy={busy} onClick={() => void takeOut()}>
          {t('matter.group.take_out')}
        </Button>
      ) : (
        <Button icon="ledger" onClick={() => setGrouping(true)}>
          {t('matter.group.action')}
        </Button>
      )}
      <ButtonLink to={`/matters/new?${below.toString()}`} icon="plus">
        {t('matter.below.open_one')}
      </ButtonLink>
      {grouping ? (
        <GroupDrawer chosen={[matter]} type={type} close={() => setGrouping(false)} />
      ) : null}
    </>
  );
}

// For guidance groups, on a phone: exactly the units that they were assigned, with what is open and
// late there, what waits for themselves, and what was promised in the last round.
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get, type Query } from '@/api/client';
import type {
  MatterCounts,
  MatterList,
  MatterType,
  RoundList,
  RoundTask,
  RoundWhole,
  Unit,
} from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import '@/rooms/compliance/todo.css';
import { nameOf } from '@/rooms/org/unit_name';
import { ButtonLink } from '@/ui/button';
import { Bones, Empty, Trouble } from '@/ui/states';
import './ledger_views.css';
import { MatterLink } from './matter_link';
import { LatenessMark, StateMark } from './marks';
import './matter.css';
import { useMatterTypes } from './types';
import { useWaiting, WaitingGroup } from './waiting';

const unitsMost = 30;
const shownMost = 5;
const soonMost = 50;

export function Component() {
  const { me, units } = useSession();
  const waiting = useWaiting(undefined);
  const types = useMatterTypes();
  const waits = waiting.data?.pages[0]?.counts.length ?? 0;
  const shown = units.slice(0, unitsMost);
  const looked = useLooked(shown);
  const ready =
    !waiting.isPending &&
    !types.isPending &&
    looked.every((one) => [one.counts, one.late, one.soon].every((read) => !read.isPending));
  return (
    <div className="page narrow oversight">
      <div className="page-head">
        <div>
          <h1>{t('place.oversight')}</h1>
          <p>
            {fullDay(me.today)} · {t('oversight.units', { n: units.length })}
          </p>
        </div>
      </div>
      {ready ? (
        <div className="stack" style={{ gap: 16 }}>
          <div id="waits" className="stack" style={{ gap: 16 }}>
            {(['sign', 'acknowledge', 'returned', 'move', 'look_back', 'relapse'] as const).map(
              (name) => (
                <WaitingGroup key={name} of={waiting} name={name} unit />
              ),
            )}
            {waiting.isSuccess && waits === 0 ? (
              <section className="card pad">
                <p className="muted">{t('oversight.nothing_waits')}</p>
              </section>
            ) : null}
          </div>
          {units.length === 0 ? (
            <section className="card">
              <Empty name="oversight" icon="unit" />
            </section>
          ) : null}
          <div id="units" className="stack" style={{ gap: 16 }}>
            {looked.map((one) => (
              <OneUnit key={one.unit.id} of={one} types={types.data?.items ?? []} />
            ))}
            {units.length > shown.length ? (
              <p className="muted">{t('oversight.more', { n: units.length - shown.length })}</p>
            ) : null}
          </div>
          <Promised units={shown} />
        </div>
      ) : (
        <Bones lines={14} />
      )}
      <nav className="thumb-bar" aria-label={t('oversight.parts')}>
        {(['waits', 'units', 'promised'] as const).map((part) => (
          <button
            key={part}
            type="button"
            className="chip"
            onClick={() => document.getElementById(part)?.scrollIntoView({ block: 'start' })}
          >
            {t(`oversight.part.${part}`)}
          </button>
        ))}
      </nav>
    </div>
  );
}

type Looked = ReturnType<typeof useLooked>[number];

const reading = <T,>(path: string, query: Query) => ({
  queryKey: [path, query],
  queryFn: () => get<T>(path, query),
  staleTime: 20_000,
});

// All units are read before one is drawn, so that nothing moves when the next one comes.
function useLooked(units: Unit[]) {
  const counts = useQueries({
    queries: units.map((unit) => reading<MatterCounts>(`/units/${unit.id}/matters/counts`, {})),
  });
  const listed = (query: Query) =>
    units.map((unit) => reading<MatterList>('/matters', { unit: unit.id, sort: 'due', ...query }));
  const late = useQueries({ queries: listed({ overdue: true, limit: shownMost }) });
  const soon = useQueries({ queries: listed({ due_within: 7, limit: soonMost }) });
  return units.flatMap((unit, i) => {
    const [count, lateOf, soonOf] = [counts[i], late[i], soon[i]];
    return count && lateOf && soonOf ? [{ unit, counts: count, late: lateOf, soon: soonOf }] : [];
  });
}

function OneUnit({ of, types }: { of: Looked; types: MatterType[] }) {
  const { unit, counts, late, soon } = of;
  const sum = (number: (type: MatterCounts['types'][number]) => number) =>
    (counts.data?.types ?? []).reduce((all, type) => all + number(type), 0);
  const overdue = sum((type) => type.overdue);
  const to = (more: string) => `/matters?unit=${unit.id}&party=false${more}`;
  return (
    <section className="card" aria-label={unit.name}>
      <header>
        <h2>
          <Link to={`/units/${unit.id}`}>{unit.name}</Link>
        </h2>
      </header>
      {counts.error ? (
        <Trouble error={counts.error} retry={() => void counts.refetch()} />
      ) : counts.isPending ? (
        <Bones lines={2} />
      ) : (
        <>
          <div className="tiles">
            <Link className="tile" to={to('&open=true')}>
              <b className="num">{sum((type) => type.open)}</b>
              <span>{t('oversight.open')}</span>
            </Link>
            <Link className={`tile ${overdue > 0 ? 'v-failed' : ''}`} to={to('&overdue=true')}>
              <b className="num">{overdue}</b>
              <span>{t('matter.list.overdue')}</span>
            </Link>
            <Link className="tile" to={to('&due_within=7&sort=due&show=timeline')}>
              <b className="num">{soonText(soon.data)}</b>
              <span>{t('matter.list.due_within', { days: 7 })}</span>
            </Link>
          </div>
          {late.data && late.data.items.length > 0 ? (
            <ul className="lines">
              {late.data.items.map((matter) => (
                <li key={matter.id} className="todo">
                  <div className="grow">
                    <p className="todo-title">
                      <MatterLink matter={matter} types={types} />
                    </p>
                    <p className="small muted">
                      {matter.type_title} · {nameOf(matter.unit)}
                    </p>
                  </div>
                  <LatenessMark matter={matter} />
                  <StateMark matter={matter} />
                </li>
              ))}
            </ul>
          ) : null}
          {overdue > shownMost ? (
            <p style={{ padding: '8px 14px' }}>
              <ButtonLink to={to('&overdue=true&sort=due')}>
                {t('oversight.all_late', { n: overdue })}
              </ButtonLink>
            </p>
          ) : null}
          {counts.data ? (
            <p className="as-of" style={{ padding: '0 14px 10px' }}>
              {t('state.as_of', { at: instant(counts.data.as_of.known_at) })}
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

const soonText = (list: MatterList | undefined): string =>
  list === undefined
    ? '…'
    : list.next_cursor
      ? t('matter.board.more_than', { n: list.items.length })
      : String(list.items.length);

// The newest round in which one of the units has a part, with what was decided there.
function Promised({ units }: { units: Unit[] }) {
  const lists = useQueries({
    queries: units.flatMap((unit) =>
      (['unit', 'party'] as const).map((part) => ({
        queryKey: ['/rounds', { [part]: unit.id, limit: 1 }],
        queryFn: () => get<RoundList>('/rounds', { [part]: unit.id, limit: 1 }),
        staleTime: 60_000,
      })),
    ),
  });
  const rounds = new Map(
    lists.flatMap((list) => list.data?.items ?? []).map((round) => [round.id, round]),
  );
  const wholes = useQueries({
    queries: [...rounds.keys()].map((id) => ({
      queryKey: [`/rounds/${id}`, {}],
      queryFn: () => get<RoundWhole>(`/rounds/${id}`),
      staleTime: 20_000,
    })),
  });
  const waits = [...lists, ...wholes].some((one) => one.isPending);
  const found = wholes.flatMap((one) => (one.data ? [one.data] : []));
  return (
    <section id="promised" className="card" aria-label={t('oversight.promised')}>
      <header>
        <h2>{t('oversight.promised')}</h2>
      </header>
      {waits ? <Bones lines={3} /> : null}
      {!waits && found.every((round) => tasksOf(round).length === 0) ? (
        <p className="muted pad" style={{ padding: 14 }}>
          {t('oversight.no_promise')}
        </p>
      ) : null}
      {found.map((round) =>
        tasksOf(round).length > 0 ? (
          <div key={round.id}>
            <h3>
              <Link to={`/rounds/${round.id}`}>{round.name}</Link>
            </h3>
            <ul className="lines">
              {tasksOf(round).map((task) => (
                <Task key={`${task.round} ${task.n}`} task={task} />
              ))}
            </ul>
          </div>
        ) : null,
      )}
    </section>
  );
}

// What this round decided, and what the one before it left.
const tasksOf = (round: RoundWhole): RoundTask[] => [...round.tasks, ...round.promised];

function Task({ task }: { task: RoundTask }) {
  const [look, shape, key] = task.done
    ? ['v-met', '●', 'round.task.done']
    : task.late
      ? ['v-failed', '■', 'round.task.late']
      : ['v-open', '○', 'round.task.open'];
  return (
    <li className="todo">
      <div className="grow">
        <p className="todo-title">
          {task.matter ? <Link to={`/matters/${task.matter}`}>{task.said}</Link> : task.said}
        </p>
        <p className="small muted">
          {nameOf(task.unit)} ·{' '}
          <span className="num">{t('round.task.by', { day: fullDay(task.due) })}</span>
        </p>
      </div>
      <span className={`verdict ${look}`}>
        <i aria-hidden="true">{shape}</i>
        <span>{t(key)}</span>
      </span>
    </li>
  );
}

// What must be done, by date, with the one button that does it.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Todo } from '@/api/parts';
import type { RecordList } from '@/api/types';
import { useGet } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, aside, comma, fullDay, instant, periodTitle, relativeDay } from '@/i18n/format';
import { ButtonLink } from '@/ui/button';
import { ExportButton, type SheetColumn } from '@/ui/data_table';
import { Empty, Loaded } from '@/ui/states';
import { BallotsWaiting } from '@/rooms/matter/ballots_waiting';
import { useWaiting, WaitingGroup } from '@/rooms/matter/waiting';
import { ReviewsWaiting } from '@/rooms/policy/reviews_waiting';
import { say } from '@/rooms/record/say';
import { typeTitle, useRecordTypes } from '@/rooms/record/types';
import { ExemptionForm } from './exemption_form';
import { useHasStanding, useTodo } from './hooks';
import { TodoLine } from './todo_line';

export function Component() {
  const { me, units, unit } = useSession();
  const several = units.length > 1;
  const able = useHasStanding();
  const [search, setSearch] = useSearchParams();
  const all = several && search.get('all') !== 'false';
  const todo = useTodo(all ? undefined : unit?.id);
  const waiting = useWaiting(all ? undefined : unit?.id);
  const waits = (waiting.data?.pages[0]?.counts.length ?? 0) > 0;
  const [asking, setAsking] = useState<Todo | null>(null);
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('todo.title')}</h1>
          <p>{fullDay(me.today)}</p>
        </div>
        <div className="row">
          {several ? (
            <>
              <button
                type="button"
                className="chip"
                aria-pressed={all}
                onClick={() => setSearch(all ? { all: 'false' } : {}, { replace: true })}
              >
                {t('todo.all_units', { n: units.length })}
              </button>
              <ButtonLink to="/records/grid" icon="grid">
                {t('record.grid.action')}
              </ButtonLink>
            </>
          ) : null}
          <ExportButton
            name={t('todo.title')}
            columns={todoColumns()}
            rows={todo.data?.items}
            asOf={todo.data?.as_of}
            filter={[all && several ? t('todo.all_units', { n: units.length }) : unit?.name]}
          />
          <ButtonLink to="/records/new" icon="plus" className="not-on-phone">
            {t('record.enter.action')}
          </ButtonLink>
        </div>
      </div>
      <div className="stack" style={{ gap: 16 }}>
        <BallotsWaiting />
        <ReviewsWaiting />
        <WaitingGroup of={waiting} name="sign" unit={several} />
        <WaitingGroup of={waiting} name="acknowledge" unit={several} />
        <WaitingGroup of={waiting} name="returned" unit={several} />
        {able ? (
          <Loaded of={todo} lines={8}>
            {(list) => <Groups items={list.items} several={all && several} ask={setAsking} />}
          </Loaded>
        ) : waits ? null : (
          <section className="card">
            <Empty name="duties" icon="todo" />
          </section>
        )}
        <WaitingGroup of={waiting} name="move" unit={several} />
        <WaitingGroup of={waiting} name="look_back" unit={several} />
        <WaitingGroup of={waiting} name="relapse" unit={several} />
        <Plans />
        {todo.data ? (
          <p className="as-of">{t('state.as_of', { at: instant(todo.data.as_of.known_at) })}</p>
        ) : null}
      </div>
      {asking ? <ExemptionForm todo={asking} close={() => setAsking(null)} /> : null}
    </div>
  );
}

const todoColumns = (): SheetColumn<Todo>[] => [
  { head: t('standing.unit'), value: (one) => one.unit.name },
  { head: t('policy.bearer'), value: (one) => one.name ?? one.unit.name },
  { head: t('standing.duty'), value: (one) => `${one.title} ${periodTitle(one.period)}` },
  { head: t('standing.done_of_due'), value: (one) => `${one.have}/${one.need}` },
  { head: t('standing.verdict'), value: (one) => t(`verdict.${one.verdict}`) },
  { head: t('why.act'), value: (one) => one.perform_by },
  { head: t('why.enter'), value: (one) => one.enter_by },
];

// First what is late or nearly so, then this month, then what lies ahead.
function Groups(props: { items: Todo[]; several: boolean; ask: (todo: Todo) => void }) {
  const { me } = useSession();
  const soon = addDays(me.today, 31);
  const late = props.items.filter((one) => one.perform_by < me.today);
  const now = props.items.filter((one) => one.perform_by >= me.today && one.perform_by <= soon);
  const ahead = props.items.filter((one) => one.perform_by > soon);
  if (props.items.length === 0) {
    return (
      <section className="card">
        <Empty name="todo" icon="check" />
      </section>
    );
  }
  return (
    <>
      <Group {...props} name="late" items={late} />
      <Group {...props} name="now" items={now} />
      <Group {...props} name="ahead" items={ahead} />
    </>
  );
}

function Group(props: {
  name: string;
  items: Todo[];
  several: boolean;
  ask: (todo: Todo) => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t(`todo.group.${props.name}`)}</h2>
        <span className="muted num">{t('todo.n', { n: props.items.length })}</span>
      </header>
      <ul className="lines">
        {props.items.map((one) => (
          <TodoLine
            key={`${one.unit.id} ${one.obligation} ${one.period} ${one.bearer}`}
            todo={one}
            unit={props.several}
            ask={() => props.ask(one)}
          />
        ))}
      </ul>
    </section>
  );
}

function Plans() {
  const { me, unit } = useSession();
  const types = useRecordTypes();
  const plans = useGet<RecordList>(
    '/records',
    { unit: unit?.id, from: addDays(me.today, 1), limit: 10 },
    unit !== undefined,
  );
  const items = (plans.data?.items ?? []).filter((one) => one.state === 'planned').reverse();
  if (items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('todo.plans')}</h2>
      </header>
      <ul className="lines">
        {items.map((one) => (
          <li key={one.id} className="todo">
            <div className="grow">
              <p className="todo-title">
                <Link to={`/records/${one.id}`}>
                  {one.types.map((type) => typeTitle(types.data?.items, type)).join(comma())}
                </Link>
              </p>
              <p className="small muted num">
                {fullDay(one.date)}
                {aside(relativeDay(one.date, me.today))} {one.place} {say(one, types.data?.items)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

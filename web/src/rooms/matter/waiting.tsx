// What waits for this person on the ledger, beside the duties: what is to be signed or decided, what
// came back, and the moves that are his, each with the one button that does it.
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import { More } from '@/ui/states';
import type { Waiting, WaitingList } from '@/api/types';
import { useMay } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { ButtonLink } from '@/ui/button';
import { LatenessMark, StateMark } from './marks';
import { contentOf, mainMove } from './say';
import { useMatterTypes } from './types';
import './matter.css';

export function useWaiting(unit: string | undefined) {
  const may = useMay('matter_change');
  return usePages<WaitingList>('/todo/matters', { unit }, { enabled: may });
}
type Reading = ReturnType<typeof useWaiting>;

type Group = 'sign' | 'acknowledge' | 'returned' | 'move' | 'look_back' | 'relapse';
const groups: Record<Group, Waiting['kind'][]> = {
  sign: ['extension', 'step', 'check'],
  acknowledge: ['acknowledge'],
  returned: ['returned'],
  move: ['move'],
  look_back: ['look_back'],
  relapse: ['relapse'],
};

// One of the groups; nothing where nothing waits. What is not loaded yet is counted all the same.
export function WaitingGroup(props: { of: Reading; name: Group; unit: boolean }) {
  const { of, name } = props;
  const types = useMatterTypes(of.isSuccess);
  const kinds = groups[name];
  const pages = of.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items).filter((one) => kinds.includes(one.kind));
  const count = (pages.at(-1)?.counts ?? [])
    .filter((one) => kinds.includes(one.kind as Waiting['kind']))
    .reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return null;
  return (
    <section className="card" aria-label={t(`todo.waiting.${name}`)}>
      <header>
        <h2>{t(`todo.waiting.${name}`)}</h2>
        <span className="muted num">{t('todo.n', { n: count })}</span>
      </header>
      <ul className="lines">
        {items.map((one) => (
          <Line
            key={`${one.matter.id} ${one.kind} ${one.clock} ${one.rung}`}
            of={one}
            title={contentOf(
              one.matter,
              types.data?.items.find((type) => type.name === one.matter.type),
            )}
            unit={props.unit}
            main={mainMove(
              one.moves.filter((move) => move.allowed),
              types.data?.items.find((type) => type.name === one.matter.type),
              one.matter.state,
            )}
          />
        ))}
      </ul>
      {items.length < count ? <More of={of} /> : null}
    </section>
  );
}

function Line(props: {
  of: Waiting;
  title: string;
  unit: boolean;
  main: Waiting['moves'][number] | null;
}) {
  const { matter, kind, clock_title: clock, rung_title: rung } = props.of;
  const what =
    kind === 'extension'
      ? t('todo.waiting.extension', { clock: clock ?? '' })
      : kind === 'step'
        ? t('todo.waiting.step', { rung: rung ?? '' })
        : kind === 'acknowledge'
          ? t('todo.waiting.reached', {
              step: wordOf('sentence.escalation', props.of.step ?? ''),
              rung: rung ?? '',
            })
          : kind === 'look_back'
            ? t('look_back.from', { day: fullDay(props.of.look_back?.due ?? '') })
            : kind === 'relapse'
              ? t('relapse.likely')
              : clock
                ? t('todo.waiting.clock', { clock })
                : '';
  return (
    <li className="todo">
      <div className="grow">
        <p className="todo-title">
          <Link to={`/matters/${matter.id}`}>{props.title}</Link>
        </p>
        <p className="small muted">
          {what ? <span>{what} · </span> : null}
          {matter.type_title} · <span>{nameOf(matter.unit)}</span>
          {matter.next_due ? (
            <>
              {' '}
              · <span className="num">{fullDay(matter.next_due)}</span>
            </>
          ) : null}
          {props.of.until ? (
            <>
              {' '}
              · <By day={props.of.until} late={props.of.late} />
            </>
          ) : null}
          {matter.reminded > 0 ? <> · {t('reminder.times', { n: matter.reminded })}</> : null}
        </p>
      </div>
      <LatenessMark matter={matter} />
      <StateMark matter={matter} />
      <Do of={props.of} main={props.main} />
    </li>
  );
}

// The last day for acknowledging it, in words and colour where it is over.
function By({ day, late }: { day: string; late: boolean }) {
  const text = t(late ? 'todo.waiting.acknowledge_late' : 'todo.waiting.acknowledge_by', {
    day: fullDay(day),
  });
  if (!late) return <span>{text}</span>;
  return (
    <span className="verdict v-failed">
      <i aria-hidden="true">■</i>
      <span>{text}</span>
    </span>
  );
}

// The very button, or why it is not there.
function Do({ of, main }: { of: Waiting; main: Waiting['moves'][number] | null }) {
  const to = (what: string) => `/matters/${of.matter.id}?do=${what}`;
  if (of.kind === 'extension' || of.kind === 'step' || of.kind === 'acknowledge') {
    if (of.decision && !of.decision.allowed) return <Why why={of.decision.why} />;
    return (
      <ButtonLink to={to(`clock.${of.clock}`)} look="main">
        {t(`todo.waiting.${buttons[of.kind]}`)}
      </ButtonLink>
    );
  }
  if (of.kind === 'look_back') {
    if (!of.look_back?.may?.allowed) return <Why why={of.look_back?.may?.why ?? []} />;
    return (
      <ButtonLink to={to('look_back')} look={of.look_back.missed ? 'main' : 'plain'}>
        {t('look_back.say')}
      </ButtonLink>
    );
  }
  if (of.kind === 'relapse') {
    return <ButtonLink to={to('relapse')}>{t('relapse.decide')}</ButtonLink>;
  }
  // Those who raised it are asked; to take it back meanwhile is done on its page.
  if (of.rated) return <span className="small muted">{t('todo.waiting.rated')}</span>;
  const move = main ?? of.moves.find((one) => one.allowed);
  if (!move) return <Why why={of.moves[0]?.why ?? []} />;
  return (
    <ButtonLink to={to(`move.${move.id}`)} look={of.matter.overdue ? 'main' : 'plain'}>
      {move.title}
    </ButtonLink>
  );
}

const buttons = { extension: 'decide', step: 'to_sign', acknowledge: 'to_acknowledge' } as const;

const Why = ({ why }: { why: { say: string }[] }) => (
  <span className="small muted">{why.map((one) => one.say).join(' ')}</span>
);

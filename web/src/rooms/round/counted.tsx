// What is counted of the whole ledger and since the round before: how far the matters are, what came
// and went. Each number leads to its matters.
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { RoundCounted, RoundFigures, RoundWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { MatterLink } from '@/rooms/matter/matter_link';
import { LatenessMark, StateMark } from '@/rooms/matter/marks';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { Loaded, More } from '@/ui/states';
import { type Completion, completions } from './say';

const sinces = ['added', 'struck_off', 'reopened', 'settled'] as const;
type Counted = Completion | (typeof sinces)[number] | 'behind' | 'later';
const all: readonly Counted[] = [...completions, ...sinces, 'behind', 'later'];

export const countedIn = (word: string | null): Counted | undefined =>
  all.find((one) => one === word);

const titleOf = (of: Counted): string => {
  if (of === 'behind') return t('round.behind');
  if (of === 'later') return t('round.later_title');
  if (sinces.some((one) => one === of)) return t(`round.since.${of}`);
  return t(`round.completion.${of}`);
};

function Figure(props: { round: string; of: Counted; n: number }) {
  return (
    <Link className="chip num" to={`/rounds/${props.round}?view=counted&of=${props.of}`}>
      {t('round.completion_n', { what: titleOf(props.of), n: props.n })}
    </Link>
  );
}

export function Numbers(props: { round: RoundWhole; figures: NonNullable<RoundFigures> }) {
  const { figures } = props;
  const { completion, since, rows } = figures;
  const number = (of: Counted, n: number) =>
    n > 0 ? <Figure key={of} round={props.round.id} of={of} n={n} /> : null;
  return (
    <>
      <p className="row round-counted">
        <strong>{t('round.completion')}</strong>
        {completions.map((one) => number(one, completion[one]))}
        {number('behind', completion.behind)}
      </p>
      {since ? (
        <p className="row round-counted">
          <strong>{t('round.since_day', { day: since.on })}</strong>
          {sinces.map((one) => number(one, since[one]))}
          {sinces.every((one) => since[one] === 0) ? t('round.since_nothing') : null}
        </p>
      ) : (
        <p>{t('round.since_none')}</p>
      )}
      {rows.later > 0 ? (
        <p className="row muted round-counted">
          {number('later', rows.later)}
          {t('round.later_text')}
        </p>
      ) : null}
    </>
  );
}

// The matters behind one of them.
export function CountedMatters({ round, of }: { round: RoundWhole; of: Counted }) {
  const list = usePages<RoundCounted>(`/rounds/${round.id}/counted`, { of });
  const types = useMatterTypes();
  return (
    <section className="card round-counted-matters" aria-label={titleOf(of)}>
      <header>
        <h2>{titleOf(of)}</h2>
        {round.locked ? <span className="muted">{t('round.counted_then')}</span> : null}
      </header>
      <Loaded of={list} lines={6}>
        {({ pages }) => (
          <ul className="lines">
            {pages
              .flatMap((page) => page.items)
              .map((matter) => (
                <li key={matter.id} className="todo">
                  <div className="grow">
                    <p className="todo-title">
                      <MatterLink matter={matter} types={types.data?.items} />
                    </p>
                    <p className="small muted">{nameOf(matter.unit)}</p>
                  </div>
                  <LatenessMark matter={matter} />
                  <StateMark matter={matter} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      <More of={list} />
    </section>
  );
}

// One A4 page for the meeting: figures, late, silent, worth raising, what was promised, and lines for
// what is decided. What does not fit is counted, not left out in silence.
import { useParams } from 'react-router';
import type { MatterType, RoundRow, RoundTask, RoundWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { Button, ButtonLink } from '@/ui/button';
import { Bones, Loaded, Trouble } from '@/ui/states';
import { figureList, sinceText } from './agenda';
import { useRound, useRoundRows } from './hooks';
import './round.css';
import { byLead, completions, lineText, raised, rowContent, worthText } from './say';

export function Component() {
  const { id = '' } = useParams();
  const round = useRound(id);
  return (
    <main>
      <div className="row no-print" style={{ padding: 12, justifyContent: 'center' }}>
        <Button look="main" icon="print" onClick={() => window.print()}>
          {t('round.print')}
        </Button>
        <ButtonLink to={`/rounds/${id}`}>{t('act.back')}</ButtonLink>
      </div>
      <Loaded of={round}>{(one) => <Paper round={one} />}</Loaded>
    </main>
  );
}

const lateMost = 10;
const silentMost = 6;
const promisedMost = 6;

function Paper({ round }: { round: RoundWhole }) {
  const late = useRoundRows(round.id, 'late');
  const silent = useRoundRows(round.id, 'silent');
  const worth = useRoundRows(round.id, 'worth');
  const types = useMatterTypes();
  const figures = round.figures;
  const lists = [late, silent, worth, types];
  const failed = lists.find((one) => one.error && !one.data);
  if (failed) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  // The page is drawn once it is whole: it is printed, and nothing on it moves.
  if (lists.some((one) => !one.data)) return <Bones lines={20} />;
  const rowsOf = (list: typeof late) => ({
    rows: list.data?.items ?? [],
    types: types.data?.items,
  });
  return (
    <article className="agenda-paper">
      <h1>{t('round.paper', { unit: nameOf(round.unit), name: round.name })}</h1>
      <p className="sub">
        {t('round.cutoff_on', { day: fullDay(round.cutoff) })} ·{' '}
        {round.locked_at
          ? t('round.frozen', { at: instant(round.locked_at) })
          : t('round.not_frozen')}{' '}
        · {t('state.as_of', { at: instant(round.as_of.known_at) })}
      </p>
      {figures ? (
        <>
          <h2>{t('round.figures')}</h2>
          <p>
            {figureList(figures)
              .map(([name, value]) =>
                t('round.completion_n', { what: t(`round.figure.${name}`), n: value }),
              )
              .join(t('list.comma'))}
          </p>
          <p>
            {t('round.completion')}{' '}
            {completions
              .map((one) =>
                t('round.completion_n', {
                  what: t(`round.completion.${one}`),
                  n: figures.completion[one],
                }),
              )
              .join(t('list.comma'))}
          </p>
          <p>{sinceText(figures)}</p>
        </>
      ) : null}
      <h2>{t('round.list.late')}</h2>
      <Rows {...rowsOf(late)} most={lateMost} />
      <h2>{t('round.list.silent', { n: round.silent_days })}</h2>
      <Rows {...rowsOf(silent)} most={silentMost} quiet />
      <h2>{t('round.list.worth')}</h2>
      <Worth rows={raised(worth.data?.items ?? [])} types={types.data?.items} />
      <h2>{t('round.promised')}</h2>
      <Promised tasks={round.promised} />
      <h2>{t('round.tasks')}</h2>
      <Promised tasks={round.tasks} blank />
      <p className="foot">{t('round.paper_foot')}</p>
    </article>
  );
}

function Rows(props: {
  rows: RoundRow[];
  types: MatterType[] | undefined;
  most: number;
  quiet?: boolean;
}) {
  const { rows, types, most } = props;
  if (rows.length === 0) return <p>{t('round.list_none')}</p>;
  return (
    <>
      {byLead(rows.slice(0, most)).map((set) => (
        <div key={set.lead.id} className="set">
          <b>{nameOf(set.lead)}</b>
          <ol>
            {set.rows.map((row) => (
              <li key={row.matter.id}>
                {rowContent(row, types)} · {nameOf(row.line_unit)} ·{' '}
                {props.quiet
                  ? t('round.quiet', { day: row.standing?.last_progress ?? '' })
                  : t('round.task.by', { day: row.standing?.due ?? '' })}
                {lineText(row) ? ` · ${lineText(row)}` : ''}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {rows.length > most ? <p>{t('round.paper_more', { n: rows.length - most })}</p> : null}
    </>
  );
}

function Worth({ rows, types }: { rows: RoundRow[]; types: MatterType[] | undefined }) {
  if (rows.length === 0) return <p>{t('round.list_none')}</p>;
  return (
    <ol>
      {rows.map((row) => (
        <li key={row.matter.id}>
          {rowContent(row, types)} · {nameOf(row.line_unit)} · {worthText(row)}
        </li>
      ))}
    </ol>
  );
}

function Promised({ tasks, blank }: { tasks: RoundTask[]; blank?: boolean }) {
  return (
    <>
      {tasks.length === 0 && !blank ? <p>{t('round.list_none')}</p> : null}
      <ol>
        {tasks.slice(0, promisedMost).map((task) => (
          <li key={task.n}>
            {task.said} · {nameOf(task.unit)} · {t('round.task.by', { day: task.due })}
            {blank
              ? ''
              : ` · ${t(task.done ? 'round.task.done' : task.late ? 'round.task.late' : 'round.task.open')}`}
          </li>
        ))}
      </ol>
      {tasks.length > promisedMost ? (
        <p>{t('round.paper_more', { n: tasks.length - promisedMost })}</p>
      ) : null}
      {blank ? (
        <div className="blank-lines">
          <i />
          <i />
          <i />
        </div>
      ) : null}
    </>
  );
}

// What rounds say in words.
import type { MatterType, RoundRow, RoundWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { contentOf } from '@/rooms/matter/say';

export const isLocked = (round: { locked: string | null }): boolean => round.locked !== null;

export const rowContent = (row: RoundRow, types: MatterType[] | undefined): string =>
  contentOf(
    row.matter,
    types?.find((type) => type.name === row.matter.type),
  );

// "已完成，待销号"
export const completionText = (row: RoundRow): string =>
  row.standing?.waiting
    ? t('round.done_waiting')
    : row.standing?.late && row.standing.completion === 'under_way'
      ? t('round.behind')
      : (row.standing?.completion_title ?? '');

export const asksText = (row: RoundRow): string =>
  row.asks.map((ask) => t(`round.ask.${ask}`)).join(comma());

export const worthText = (row: RoundRow): string =>
  row.worth.map((why) => t(`round.worth.${why}`)).join(comma());

export const lineText = (row: RoundRow): string =>
  row.line === null
    ? row.asks.length > 0
      ? t('round.line.missing')
      : ''
    : row.line.kind === 'none'
      ? t('round.line.none_because', { said: row.line.said })
      : row.line.said;

// The five that are worth the meeting's time: most reasons first, then what is due longest.
export const raised = (rows: RoundRow[]): RoundRow[] =>
  [...rows]
    .sort(
      (a, b) =>
        b.worth.length - a.worth.length ||
        (a.standing?.due ?? '9').localeCompare(b.standing?.due ?? '9') ||
        a.matter.id.localeCompare(b.matter.id),
    )
    .slice(0, 5);

// Rows side by side with the unit that leads them, as they are read out.
export function byLead(rows: RoundRow[]): { lead: RoundRow['lead_unit']; rows: RoundRow[] }[] {
  const sets: { lead: RoundRow['lead_unit']; rows: RoundRow[] }[] = [];
  for (const row of rows) {
    const last = sets.at(-1);
    if (last && last.lead.id === row.lead_unit.id) last.rows.push(row);
    else sets.push({ lead: row.lead_unit, rows: [row] });
  }
  return sets;
}

// 完成情况, apart from the states: what is done and what is long-term are never added up.
export const completions = [
  'not_started',
  'under_way',
  'nearly_done',
  'done',
  'long_term',
  'dropped',
] as const;
export type Completion = (typeof completions)[number];

// What is counted of the rows of a round; each figure opens to the rows that it counts.
export const rowFigures = [
  'open',
  'late',
  'silent',
  'asked',
  'progress',
  'none',
  'unanswered',
  'waiting',
] as const;
export type RowFigure = (typeof rowFigures)[number];

// Rows are also shown by what has changed since the lock.
export const rowFilters = [...rowFigures, 'changed'] as const;
export type RowFilter = (typeof rowFilters)[number];

export const countsIn: Record<RowFilter, (row: RoundRow) => boolean> = {
  open: (row) => row.standing?.open === true,
  late: (row) => row.standing?.late === true,
  silent: (row) => row.silent,
  asked: (row) => row.asks.length > 0,
  progress: (row) => row.line?.kind === 'progress',
  none: (row) => row.line?.kind === 'none',
  unanswered: (row) => row.asks.length > 0 && row.line === null,
  waiting: (row) => row.standing?.waiting === true,
  changed: (row) => row.since_locked !== null,
};

export const stateOf = (round: Pick<RoundWhole, 'locked'>): string =>
  t(isLocked(round) ? 'round.locked' : 'round.open');

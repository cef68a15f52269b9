// A verdict is a colour, a shape and a word, never a colour alone.
import { t } from '@/i18n/i18n';
import type { Verdict } from '@/api/parts';
import type { Cell } from '@/api/types';

export const glyphs: Record<Verdict, string> = {
  met: '●',
  met_late: '◐',
  open: '○',
  at_risk: '▲',
  in_grace: '△',
  failed: '■',
  unknown: '?',
  exempt: '–',
  not_applicable: '',
};

export function Glyph({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`v-${verdict}`} role="img" aria-label={t(`verdict.${verdict}`)}>
      {glyphs[verdict]}
    </span>
  );
}

export function VerdictWord(props: { verdict: Verdict; mayStill?: boolean; marks?: string[] }) {
  const { verdict } = props;
  const word =
    verdict === 'failed' && props.mayStill
      ? 'verdict.failed.may_still_be_done'
      : `verdict.${verdict}`;
  return (
    <span className={`verdict v-${verdict}`}>
      <i aria-hidden="true">{glyphs[verdict]}</i>
      <span>{t(word)}</span>
      <Marks of={props.marks ?? []} />
    </span>
  );
}

export function Marks({ of }: { of: string[] }) {
  return of.map((mark) => (
    <span key={mark} className="tag">
      {t(`mark.${mark}`)}
    </span>
  ));
}

// Worst first, as everywhere.
export const order: Verdict[] = [
  'failed',
  'unknown',
  'in_grace',
  'at_risk',
  'open',
  'met_late',
  'met',
  'exempt',
  'not_applicable',
];

export const countOf = (cell: Cell, verdict: Verdict): number =>
  verdict === 'not_applicable' ? 0 : cell[verdict];

// Five steps of how much of what is due has failed; 0: nothing has.
export function heat(cell: Cell): 0 | 1 | 2 | 3 | 4 | 5 {
  if (cell.due === 0 || cell.failed === 0) return 0;
  const part = cell.failed / cell.due;
  if (part <= 0.05) return 1;
  if (part <= 0.15) return 2;
  if (part <= 0.3) return 3;
  return part <= 0.5 ? 4 : 5;
}

// The text of a document, clause by clause: what is missing stands out, what was mended is shown
// when it is asked for, and beside each clause what became of it.
import { memo } from 'react';
import type { Cell, Column, CoveredClause, DocumentRepair } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { Glyph, order } from '@/ui/verdict';
import { declarationsOf, dutiesOf, type Line, piecesOf } from './clauses';

export type StandingByDuty = Map<string, { column: Column; cell: Cell | null }[]>;

export function Hole({ kind, shown }: { kind: string; shown: string }) {
  return (
    <mark className="hole">
      {shown ? <span className="hole-shown">{shown}</span> : null}
      {wordOf('hole', kind)}
    </mark>
  );
}

export function ClauseText({ line }: { line: Pick<Line, 'text' | 'holes' | 'depth'> }) {
  return piecesOf(line.text, line.holes).map((piece, i) =>
    'text' in piece ? <span key={i}>{piece.text}</span> : <Hole key={i} {...piece} />,
  );
}

// A line break is seen as a word, a blank as nothing.
const seen = (text: string) => text.replaceAll('\n', '↵').replaceAll('\u00a0', '␣');

export function Repairs({ of }: { of: DocumentRepair[] }) {
  return (
    <ul className="repairs small">
      {of.map((one) => (
        <li key={`${one.rule} ${one.raw.join()}`}>
          <span className="tag">{wordOf('repair', one.rule)}</span>
          {one.removed ? <del>{seen(one.removed)}</del> : null}
          {one.inserted ? <ins>{seen(one.inserted)}</ins> : null}
        </li>
      ))}
    </ul>
  );
}

const worst = (duties: string[], standing: StandingByDuty) => {
  const found = duties
    .flatMap((duty) => standing.get(duty) ?? [])
    .flatMap(({ cell }) => (cell?.worst ? [cell.worst] : []));
  return order.find((verdict) => found.includes(verdict));
};

// What became of the clause, in one column of a few words.
function Became({ own, standing }: { own: CoveredClause[]; standing: StandingByDuty }) {
  const declared = declarationsOf(own);
  const duties = dutiesOf(own);
  const others = declared.length - duties.length;
  const left = own.filter((one) => one.left && one.declarations.length === 0);
  const open = own.filter((one) => !one.left && one.declarations.length === 0);
  const verdict = worst(duties, standing);
  return (
    <span className="became small num">
      {duties.length > 0 ? (
        <span className="became-duties">
          {verdict ? <Glyph verdict={verdict} /> : null}{' '}
          {t('coverage.duties', { n: duties.length })}
        </span>
      ) : null}
      {others > 0 ? <span>{t('coverage.others', { n: others })}</span> : null}
      {left.length > 0 ? (
        <span className="muted">{t('coverage.left', { n: left.length })}</span>
      ) : null}
      {open.length > 0 ? (
        <span className="tag warn">{t('coverage.open', { n: open.length })}</span>
      ) : null}
    </span>
  );
}

const cited = (line: Line) =>
  line.text
    ? ''
    : declarationsOf(line.own)
        .map((one) => one.title)
        .join(comma());

const Row = memo(function Row(props: {
  line: Line;
  chosen: boolean;
  repairs: boolean;
  standing: StandingByDuty;
  choose: (id: string) => void;
}) {
  const { line, standing } = props;
  const heading = line.depth === 0 && line.heading !== '' && line.text.length <= 60;
  return (
    <li className={`clause d${Math.min(line.depth, 3)}`} id={`clause-${line.id}`}>
      <button
        type="button"
        className="clause-press"
        aria-pressed={props.chosen}
        onClick={() => props.choose(line.id)}
      >
        <span className="clause-at num muted small">{line.path}</span>
        <span className={`clause-text ${heading ? 'heading' : ''}`}>
          <ClauseText line={line} />
          {line.text ? null : <span>{cited(line)}</span>}
          {line.text || cited(line) ? null : (
            <span className="muted">{line.own[0]?.reason ?? t('coverage.unanswered')}</span>
          )}
        </span>
        <Became own={line.own} standing={standing} />
      </button>
      {props.repairs && line.repairs.length > 0 ? <Repairs of={line.repairs} /> : null}
    </li>
  );
});

export function ClauseList(props: {
  label: string;
  lines: Line[];
  chosen: string | null;
  repairs: boolean;
  standing: StandingByDuty;
  choose: (id: string) => void;
}) {
  const { lines, chosen, ...rest } = props;
  return (
    <ol className="clauses card" aria-label={props.label}>
      {lines.map((line) => (
        <Row key={line.id} line={line} chosen={line.id === chosen} {...rest} />
      ))}
    </ol>
  );
}

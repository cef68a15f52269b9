// What became of one clause: its declarations in sentences, the parameters with what they rest on,
// and how the caller's unit stands in the duties that cite it.
import { Link } from 'react-router';
import type { Cell, Column, CoveredClause, CoveringDeclaration, PackParameter } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { instant, periodTitle } from '@/i18n/format';
import { countOf, glyphs, order } from '@/ui/verdict';
import type { StandingByDuty } from './clause_list';
import { Hole } from './clause_list';
import { without } from './pack_columns';
import { valueText } from './values';

export type Opens = (column: Column, cell: Cell) => void;
type Known = {
  standing: StandingByDuty;
  hasStanding: boolean;
  parameters: PackParameter[];
  open: Opens;
};

export function ClausePanel(props: { own: CoveredClause[]; around: CoveredClause[] } & Known) {
  const { own, around, ...known } = props;
  if (own.length === 0 && around.length === 0)
    return <p className="muted">{t('coverage.cited_by_none')}</p>;
  return (
    <div className="stack" style={{ gap: 20 }}>
      <Clauses of={own} {...known} />
      {around.length > 0 ? (
        <>
          <h3 className="muted">{t('coverage.around')}</h3>
          <Clauses of={around} {...known} />
        </>
      ) : null}
    </div>
  );
}

// What was declared first; what was left, in a line each.
function Clauses({ of, ...known }: { of: CoveredClause[] } & Known) {
  const declared = of.filter((one) => one.declarations.length > 0);
  const others = of.filter((one) => one.declarations.length === 0);
  return (
    <>
      {declared.map((one) => (
        <Cited key={one.id} clause={one} {...known} />
      ))}
      {others.length > 0 ? (
        <ul className="left-out">
          {others.map((one) => (
            <li key={one.id}>
              <span className="tag plan num">{one.id}</span>
              <span>
                <span className={`tag ${one.left ? '' : 'warn'}`}>
                  {t(`coverage.${one.left ?? 'unanswered'}`)}
                </span>
              </span>
              <span className="muted">{one.reason ?? t('coverage.unanswered_text')}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function Cited({ clause, ...known }: { clause: CoveredClause } & Known) {
  return (
    <section aria-label={clause.id}>
      <p className="row" style={{ gap: 6 }}>
        <span className="tag plan num">{clause.id}</span>
        {clause.hole ? <Hole kind={clause.hole} shown="" /> : null}
        {clause.left ? <span className="tag">{t(`coverage.${clause.left}`)}</span> : null}
        {clause.left ? <span className="muted small">{clause.reason}</span> : null}
      </p>
      <ul className="declarations">
        {clause.declarations.map((one) => (
          <Declared key={`${one.kind} ${one.address}`} one={one} {...known} />
        ))}
      </ul>
    </section>
  );
}

const partOf: Partial<Record<CoveringDeclaration['kind'], string>> = {
  obligation: 'obligations',
  parameter: 'parameters',
  record_type: 'record_types',
};

function Declared({ one, ...known }: { one: CoveringDeclaration } & Known) {
  const part = partOf[one.kind];
  const parameter = known.parameters.find((found) => found.address === one.address);
  return (
    <li>
      <p className="row between" style={{ gap: '0 8px' }}>
        <strong>{one.title}</strong>
        <Link className="small" to={`/policy/${one.pack}${part ? `?part=${part}` : ''}`}>
          {t(`declaration.${one.kind}`)}
        </Link>
      </p>
      {one.kind === 'parameter' && parameter ? (
        <Parameter of={parameter} />
      ) : (
        <p className="reading">{without(one.sentence, one.title)}</p>
      )}
      {one.kind === 'obligation' ? <Stands duty={one.address} {...known} /> : null}
    </li>
  );
}

function Parameter({ of }: { of: PackParameter }) {
  const decided = of.decided.at(-1);
  const value = decided ?? of.values.at(-1);
  if (!value) return null;
  return (
    <div>
      <p className="row" style={{ gap: '2px 8px' }}>
        <b className="num">
          {valueText(value.value)} {of.unit ?? ''}
        </b>
        <span className="muted small num">{t('policy.from', { day: value.from })}</span>
        <span className={`tag ${value.basis === 'assumed' ? 'warn' : ''}`}>
          {wordOf('basis', value.basis)}
        </span>
      </p>
      <p className="muted small">
        {[value.ref, value.note, decided ? t('values.decided_at', { at: instant(decided.at) }) : '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      {value.basis === 'assumed' ? (
        <p className="small">
          <Link to="/policy?part=values">{t('values.to_decide')}</Link>
        </p>
      ) : null}
    </div>
  );
}

function Stands({ duty, standing, hasStanding, open }: { duty: string } & Known) {
  if (!hasStanding) return null;
  const found = standing.get(duty) ?? [];
  if (found.length === 0) return <p className="muted small">{t('coverage.not_owed_now')}</p>;
  return found.map(({ column, cell }) => (
    <div key={column.period} className="stands">
      <span className="muted small">{periodTitle(column.period)}</span>
      {cell === null ? (
        <span className="muted small">{t('standing.withheld')}</span>
      ) : cell.due === 0 && cell.exempt === 0 ? (
        <span className="muted small">{t('standing.nothing_due')}</span>
      ) : (
        <button type="button" className="stands-press num" onClick={() => open(column, cell)}>
          {order.map((verdict) =>
            countOf(cell, verdict) > 0 ? (
              <span key={verdict} className={`v-${verdict}`}>
                <i aria-hidden="true">{glyphs[verdict]}</i> {t(`verdict.${verdict}`)}{' '}
                <b>{countOf(cell, verdict)}</b>
              </span>
            ) : null,
          )}
          <span className="sr">{t('coverage.open_figures', { title: column.title })}</span>
        </button>
      )}
    </div>
  ));
}

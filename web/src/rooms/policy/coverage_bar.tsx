// How many clauses are answered in which way: one bar, and the same in words and figures.
import { t } from '@/i18n/i18n';

const parts = ['declared', 'bare_fact', 'later', 'no_duty', 'unanswered'] as const;
export type CoverageCounts = Record<(typeof parts)[number], number>;

export function CoverageBar({ counts, brief }: { counts: CoverageCounts; brief?: boolean }) {
  const shown = parts.filter((part) => counts[part] > 0);
  const all = shown.reduce((sum, part) => sum + counts[part], 0);
  if (all === 0) return <p className="muted">{t('coverage.cited_by_none')}</p>;
  return (
    <div className="coverage">
      <div className="coverage-bar" aria-hidden="true">
        {shown.map((part) => (
          <i key={part} className={`c-${part}`} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <ul className="row num small" style={{ gap: '2px 14px' }}>
        {brief ? null : <li>{t('coverage.clauses', { n: all })}</li>}
        {shown.map((part) => (
          <li key={part} className="coverage-key">
            <i className={`c-${part}`} aria-hidden="true" />
            {t(`coverage.${part}`)} <b>{counts[part]}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

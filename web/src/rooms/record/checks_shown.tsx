// The words of checks beside the form, with a field for the reason where one is asked for.
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { Icon } from '@/ui/icon';
import type { Asked } from './checks';
import type { Draft } from './types';

export function Checks(props: { asked: Asked[]; draft: Draft; change: (next: Draft) => void }) {
  if (props.asked.length === 0) return null;
  const reasons = props.draft.reasons ?? {};
  return (
    <section className="stack" aria-label={t('checks.title')}>
      {props.asked.map((one) => (
        <div
          className="notice stack"
          key={one.check}
          role="group"
          aria-label={one.title || one.says}
        >
          <p>
            <Icon name="warning" size={16} /> {one.title ? <b>{one.title}</b> : null}{' '}
            {one.clauses.length > 0 ? (
              <span className="muted small">{one.clauses.join(comma())}</span>
            ) : null}
          </p>
          <p>{one.says}</p>
          {one.otherwise === 'refuse' ? <p className="small">{t('checks.refused')}</p> : null}
          {one.otherwise === 'reason' ? (
            <div className="field">
              <label htmlFor={`why-${one.check}`}>
                {t('checks.reason')}
                <span className="must" aria-hidden="true">
                  *
                </span>
              </label>
              <input
                id={`why-${one.check}`}
                className="text"
                required
                maxLength={200}
                value={reasons[one.check] ?? ''}
                onChange={(event) =>
                  props.change({
                    ...props.draft,
                    reasons: { ...reasons, [one.check]: event.target.value },
                  })
                }
              />
              <span className="hint">{t('checks.reason_hint')}</span>
            </div>
          ) : null}
        </div>
      ))}
    </section>
  );
}

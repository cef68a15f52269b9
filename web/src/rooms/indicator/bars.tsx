// Parts of a figure as bars, each with its number; what may be used up as a bar with the plan's mark.
import type { Figure, Indicator } from '@/api/types';
import { t } from '@/i18n/i18n';
import { isShare, percent, withUnit } from './say';

const width = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;

export function Parts({ figure, indicator }: { figure: Figure; indicator: Indicator }) {
  if (figure.parts.length === 0) return null;
  const numbers = figure.parts.map((part) => Number(part.value ?? 0));
  const most = isShare(indicator) ? 1 : Math.max(1, ...numbers);
  return (
    <ul className="figure-parts">
      {figure.parts.map((part, i) => (
        <li key={part.key.join('+')}>
          <span>{part.titles.map((title) => title || t('figures.no_part')).join(' · ')}</span>
          <span className="figure-bar" aria-hidden="true">
            <span style={{ inlineSize: width((numbers[i] ?? 0) / most) }} />
          </span>
          <span className="num">
            {part.value === null
              ? t(`figures.state.${part.state}`)
              : isShare(indicator)
                ? t('figures.share', {
                    part: part.part ?? 0,
                    base: part.base,
                    percent: percent(part.value),
                  })
                : withUnit(part.value, indicator)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Pace({ figure }: { figure: Figure }) {
  if (figure.state !== 'shown' || figure.use === null) return null;
  return (
    <span className={`figure-pace ${figure.pace}`} aria-hidden="true">
      <span style={{ inlineSize: width(Number(figure.use)) }} />
      {figure.planned === null ? null : (
        <i style={{ insetInlineStart: width(Number(figure.planned)) }} />
      )}
    </span>
  );
}

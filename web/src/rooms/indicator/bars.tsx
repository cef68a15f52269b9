// Parts of a figure as bars, each with its number; what may be used up as a bar with the plan's mark.
import type { Figure, Indicator } from '@/api/types';
import { t } from '@/i18n/i18n';
import { isShare, percent, withUnit } from './say';

const width = (share: number) => `${Math.max(0, Math.min(1, share)) * 100}%`;

export type Part = Figure['parts'][number];

// As the facts behind it are asked for: a word of each path, where nothing is stated a dash.
export const keyOf = (part: Part): string => part.key.map((word) => word || '-').join(',');
export const titleOf = (part: Part): string =>
  part.titles.map((title) => title || t('figures.no_part')).join(' · ');

function partText(part: Part, indicator: Indicator): string {
  if (part.value === null) return t(`figures.state.${part.state}`);
  if (!isShare(indicator)) return withUnit(part.value, indicator);
  const share = { part: part.part ?? 0, base: part.base, percent: percent(part.value) };
  return t('figures.share', share);
}

export function Parts(props: { figure: Figure; indicator: Indicator; open: (part: Part) => void }) {
  const { figure, indicator, open } = props;
  if (figure.parts.length === 0) return null;
  const numbers = figure.parts.map((part) => Number(part.value ?? 0));
  const most = isShare(indicator) ? 1 : Math.max(1, ...numbers);
  return (
    <ul className="figure-parts">
      {figure.parts.map((part, i) => (
        <li key={keyOf(part)}>
          <span>{titleOf(part)}</span>
          <span className="figure-bar" aria-hidden="true">
            <span style={{ inlineSize: width((numbers[i] ?? 0) / most) }} />
          </span>
          <button
            type="button"
            className="link num"
            aria-label={`${titleOf(part)} ${partText(part, indicator)}`}
            onClick={() => open(part)}
          >
            {partText(part, indicator)}
          </button>
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

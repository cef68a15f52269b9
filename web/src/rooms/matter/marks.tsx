// The state and the deadline of a matter as they stand in a row, on a card and on its page.
import type { Matter } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, wholeDay } from '@/i18n/format';
import { isExtended, lateness, latenessText, outcomeText, stateText, stepDue } from './say';

// The state is where the work stands; how it ended is said apart.
export function StateMark({ matter }: { matter: Matter }) {
  return (
    <span className="matter-state">
      <span className={`tag ${matter.is_open ? 'plan' : ''}`}>{stateText(matter)}</span>
      {matter.outcome && outcomeText(matter.outcome) !== stateText(matter) ? (
        <span className={`tag ${matter.outcome === 'solved' ? 'met' : ''}`}>
          {outcomeText(matter.outcome)}
        </span>
      ) : null}
      {matter.relapsed_as ? <RelapseMark word="matter.relapsed" /> : null}
      {matter.relapse_of ? <RelapseMark word="matter.is_relapse" /> : null}
      {matter.stale ? (
        <span className="verdict v-at_risk">
          <i aria-hidden="true">▲</i>
          <span>{t('matter.stale')}</span>
        </span>
      ) : null}
    </span>
  );
}

export const UrgentMark = () => (
  <span className="verdict v-failed">
    <i aria-hidden="true">▲</i>
    <span>{t('matter.urgent')}</span>
  </span>
);

const RelapseMark = ({ word }: { word: string }) => (
  <span className="verdict v-failed">
    <i aria-hidden="true">■</i>
    <span>{t(word)}</span>
  </span>
);

const foundLooks: Record<string, [string, string]> = {
  holds: ['v-met', '●'],
  partly: ['v-at_risk', '▲'],
  not_done: ['v-failed', '■'],
  relapsed: ['v-failed', '■'],
};

// What was found by looking back, or that nobody has looked yet.
export function FoundMark({ outcome, title }: { outcome: string | null; title: string }) {
  const [look, shape] =
    outcome === null ? ['v-open', '○'] : (foundLooks[outcome] ?? ['v-unknown', '?']);
  return (
    <span className={`verdict ${look}`}>
      <i aria-hidden="true">{shape}</i>
      <span>{title}</span>
    </span>
  );
}

// That it is to be looked back at: its day is to come, has come, or is long over.
export function AwaitedMark({ due, missed }: { due: string | null; missed: boolean }) {
  const { me } = useSession();
  const [look, shape, word] = missed
    ? ['v-failed', '■', 'look_back.missed']
    : due && due <= me.today
      ? ['v-at_risk', '▲', 'look_back.due']
      : ['v-open', '○', 'look_back.awaited'];
  return (
    <span className={`verdict ${look}`}>
      <i aria-hidden="true">{shape}</i>
      <span>{t(word)}</span>
    </span>
  );
}

const looks = { late: ['v-failed', '■'], soon: ['v-at_risk', '▲'] } as const;

export function LatenessMark({ matter }: { matter: Matter }) {
  const { me } = useSession();
  const how = lateness(matter, me.today);
  if (how !== 'late' && how !== 'soon') return null;
  const [look, shape] = looks[how];
  return (
    <span className={`verdict ${look}`}>
      <i aria-hidden="true">{shape}</i>
      <span>{latenessText(matter, me.today)}</span>
    </span>
  );
}

export function Due({ matter }: { matter: Matter }) {
  const step = stepDue(matter);
  if (!matter.due && !step) return <span className="muted">{t('matter.due.none')}</span>;
  return (
    <span className="matter-due">
      {matter.due ? <span className="num">{fullDay(matter.due)}</span> : null}
      {step ? (
        <span className="small num">{t('matter.due.step', { day: wholeDay(step) })}</span>
      ) : null}
      <LatenessMark matter={matter} />
      {isExtended(matter) ? (
        <span className="small muted num">
          {t('matter.due.first', { day: matter.first_due ?? '' })}
        </span>
      ) : null}
    </span>
  );
}

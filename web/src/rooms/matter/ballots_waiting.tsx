// What waits for this person's rating, soonest to end first; what is voted on already is not named.
import { Link } from 'react-router';
import { useGet } from '@/api/hooks';
import type { BallotList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { aside, fullDay, relativeDay } from '@/i18n/format';
import { ButtonLink } from '@/ui/button';
import '@/rooms/compliance/todo.css';

export function BallotsWaiting() {
  const { me } = useSession();
  const ballots = useGet<BallotList>('/ballots');
  const items = (ballots.data?.items ?? []).filter(
    (one) => one.mine?.may_vote && !one.mine.voted_on,
  );
  if (items.length === 0) return null;
  return (
    <section className="card" aria-label={t('todo.ballots')}>
      <header>
        <h2>{t('todo.ballots')}</h2>
        <span className="muted num">{t('todo.n', { n: items.length })}</span>
      </header>
      <ul className="lines">
        {items.map((one) => (
          <li key={one.id} className="todo">
            <div className="grow">
              <p className="todo-title">
                <Link to={`/matters/${one.matter}`}>{one.about}</Link>
              </p>
              <p className="small muted num">
                {one.title} · {t('ballot.until', { day: fullDay(one.until) })}
                {aside(relativeDay(one.until, me.today))}
              </p>
            </div>
            <ButtonLink to={`/matters/${one.matter}`} look="main">
              {t('todo.ballots.to_vote')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

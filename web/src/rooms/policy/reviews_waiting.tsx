// Packs that stand on another one of which there is a later version: whoever may put packs in force
// looks at what that says differently, and says what is to become of it.
import { Link } from 'react-router';
import { useGet } from '@/api/hooks';
import type { PackReviewTasks } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/button';
import '@/rooms/compliance/todo.css';

export function ReviewsWaiting() {
  const tasks = useGet<PackReviewTasks>('/pack-reviews', {}, useMay('pack_activate'));
  const items = tasks.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-label={t('todo.reviews')}>
      <header>
        <h2>{t('todo.reviews')}</h2>
        <span className="muted num">{t('todo.n', { n: items.length })}</span>
      </header>
      <ul className="lines">
        {items.map((one) => (
          <li key={`${one.pack} ${one.parent}`} className="todo">
            <div className="grow">
              <p className="todo-title">
                <Link to={`/policy/${one.pack}`}>
                  {t('todo.reviews.of', { title: one.title, parent: one.parent_title })}
                </Link>
              </p>
              <p className="small muted num">
                {t('todo.reviews.versions', {
                  taken: one.taken,
                  version: one.parent_version,
                  n: one.differences,
                })}
              </p>
            </div>
            <ButtonLink to={`/policy/${one.pack}`} look="main">
              {t('todo.reviews.look')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

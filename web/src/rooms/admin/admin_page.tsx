// Where administration begins: what this account may look after.
import { Link } from 'react-router';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { Empty } from '@/ui/states';
import { adminActions } from './actions';
import './admin.css';

export function Component() {
  const { me } = useSession();
  const mine = adminActions.filter(
    (action) =>
      action.to !== '/admin' && action.permission && me.permissions.includes(action.permission),
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('place.admin')}</h1>
      </div>
      {mine.length === 0 ? (
        <div className="card">
          <Empty name="admin" icon="lock" />
        </div>
      ) : (
        <ul className="tiles">
          {mine.map((action) => (
            <li key={action.to}>
              <Link to={action.to} className="card pad">
                <Icon name={action.icon} size={24} />
                <span>
                  <strong>{t(action.label)}</strong>
                  <span className="muted">{t(`${action.label}_text`)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

// The account: what it may, where, and its password; on a phone also where the rest is found.
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { post } from '@/api/client';
import type { Grant } from '@/api/types';
import { permits } from '@/app/action';
import { actions } from '@/app/actions';
import { useSignOut } from '@/app/frame';
import { useSession } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { BallotsWaiting } from '@/rooms/matter/ballots_waiting';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { usePhone } from '@/ui/look';
import { Refusals } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { DeliveryBox } from './delivery_box';
import { FeedBox } from './feed_box';

export function Component() {
  const { me } = useSession();
  const signOut = useSignOut();
  const phone = usePhone();
  return (
    <div className="page narrow stack">
      <div className="page-head">
        <div>
          <h1>{me.account.display_name}</h1>
          <p>{t('me.account', { name: me.account.name })}</p>
        </div>
        <Button icon="out" onClick={() => void signOut()}>
          {t('session.sign_out')}
        </Button>
      </div>
      <BallotsWaiting />
      {phone ? <Everything /> : null}
      <section className="card">
        <header>
          <h2>{t('me.grants')}</h2>
        </header>
        <Wrap label={t('me.grants')} style={{ border: 0 }}>
          <table className="table cards-on-phone">
            <thead>
              <tr>
                <th>{t('grant.role')}</th>
                <th>{t('grant.unit')}</th>
                <th>{t('grant.scope')}</th>
                <th>{t('grant.from')}</th>
              </tr>
            </thead>
            <tbody>
              {me.grants.map((grant) => (
                <GrantRow key={grant.id} grant={grant} />
              ))}
            </tbody>
          </table>
        </Wrap>
      </section>
      <DeliveryBox />
      <FeedBox />
      <Password />
    </div>
  );
}

function Everything() {
  const { me } = useSession();
  const permitted = actions.filter((action) => action.to !== '/me' && permits(me, action));
  return (
    <nav className="card places" aria-label={t('me.everything')}>
      <ul className="lines">
        {permitted.map((action) => (
          <li key={action.to}>
            <Link to={action.to} className="row" style={{ padding: '12px 16px' }}>
              <Icon name={action.icon} />
              <span className="grow">{t(action.label)}</span>
              <Icon name="right" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  return (
    <tr>
      <td>{wordOf('role', grant.role)}</td>
      <td data-label={t('grant.unit')}>
        {grant.unit ? (
          <Link to={`/units/${grant.unit}`}>{grant.unit_name ?? grant.unit}</Link>
        ) : (
          t('grant.installation')
        )}
      </td>
      <td data-label={t('grant.scope')}>{wordOf('scope', grant.scope)}</td>
      <td className="num" data-label={t('grant.from')}>
        {grant.from}
      </td>
    </tr>
  );
}

function Password() {
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await post('/me/password', { old_password: old, password: next });
      location.assign('/sign-in');
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  return (
    <form className="card" onSubmit={(event) => void change(event)}>
      <header>
        <h2>{t('me.password')}</h2>
      </header>
      <div className="body stack" style={{ maxWidth: 420 }}>
        <p className="muted">{t('me.password_text')}</p>
        <Refusals error={error} />
        <div className="field">
          <label htmlFor="old">{t('me.old_password')}</label>
          <input
            id="old"
            className="text"
            type="password"
            required
            autoComplete="current-password"
            value={old}
            onChange={(event) => setOld(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="next">{t('me.new_password')}</label>
          <input
            id="next"
            className="text"
            type="password"
            required
            minLength={8}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </div>
        <div>
          <Button type="submit" busy={busy}>
            {t('me.change_password')}
          </Button>
        </div>
      </div>
    </form>
  );
}

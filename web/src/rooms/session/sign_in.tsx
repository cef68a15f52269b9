// Signing in; on a demo its accounts stand beside, ready to be taken.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { post } from '@/api/client';
import { useGet } from '@/api/hooks';
import type { DemoAccounts, Session } from '@/api/types';
import { t, useLanguage } from '@/i18n/i18n';
import { languages } from '@/i18n/language';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Bones, Refusals } from '@/ui/states';
import './sign_in.css';

export function Component() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const demo = useGet<DemoAccounts>('/demo-accounts', {}, true, Infinity);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [stay, setStay] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await post<Session>('/session', { account, password, stay_signed_in: stay });
      queries.clear();
      const next = search.get('next') ?? '/home';
      void navigate(/^\/(?!\/)/.test(next) ? next : '/home', { replace: true });
    } catch (wrong) {
      setError(wrong);
      setBusy(false);
    }
  };
  const items = demo.data?.items ?? [];
  if (demo.isLoading) return <Bones lines={6} />;
  return (
    <>
      <title>{t('app.name')}</title>
      <main className={`sign-in ${items.length > 0 ? 'with-demo' : ''}`}>
        <section className="card sign-card">
          <div className="brand-large">
            <img src="/icon.svg" alt="" width="44" height="44" />
            <div>
              <h1>{t('app.name')}</h1>
              <p className="muted">{t('app.what')}</p>
            </div>
          </div>
          <form ref={form} className="stack" onSubmit={(event) => void signIn(event)}>
            {error ? <Refusals error={error} /> : null}
            <div className="field">
              <label htmlFor="account">{t('session.account')}</label>
              <input
                id="account"
                className="text"
                autoComplete="username"
                autoCapitalize="none"
                required
                value={account}
                onChange={(event) => setAccount(event.target.value)}
              />
            </div>
            <div className="field">
              <label htmlFor="password">{t('session.password')}</label>
              <input
                id="password"
                className="text"
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </div>
            <label className="row stay">
              <input type="checkbox" checked={stay} onChange={() => setStay(!stay)} />
              <span>{t('session.stay')}</span>
            </label>
            <Button type="submit" look="main" busy={busy}>
              {t('session.sign_in')}
            </Button>
          </form>
          <Languages />
          <p className="muted small">{t('app.not_classified')}</p>
        </section>
        {items.length > 0 ? (
          <DemoList
            items={items}
            take={(one) => {
              setAccount(one.name);
              setPassword(one.password);
              setTimeout(() => form.current?.requestSubmit(), 0);
            }}
          />
        ) : null}
      </main>
    </>
  );
}

function Languages() {
  const { language, choose } = useLanguage();
  return (
    <div className="row" role="group" aria-label={t('frame.language')}>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className="link"
          aria-current={one === language}
          onClick={() => choose(one)}
        >
          {t(`language.${one}`)}
        </button>
      ))}
    </div>
  );
}

type Account = { name: string; password: string };

function DemoList({ items, take }: { items: Account[]; take: (one: Account) => void }) {
  const [copied, setCopied] = useState('');
  const copy = (one: Account) =>
    void navigator.clipboard.writeText(one.password).then(() => setCopied(one.name));
  return (
    <section className="card demo" aria-labelledby="demo">
      <header>
        <div>
          <h2 id="demo">{t('demo.title')}</h2>
          <p className="muted small">{t('demo.text')}</p>
        </div>
      </header>
      <ul>
        {items.map((one) => (
          <li key={one.name}>
            <button type="button" className="bare grow" onClick={() => take(one)}>
              <strong>{t(`demo.${one.name}.name`)}</strong>
              <span className="muted small">{t(`demo.${one.name}.asks`)}</span>
            </button>
            <code>{one.name}</code>
            <button
              type="button"
              className="icon-button"
              aria-label={t('demo.copy', { name: one.name })}
              title={t('demo.copy', { name: one.name })}
              onClick={() => copy(one)}
            >
              <Icon name={copied === one.name ? 'check' : 'copy'} size={18} />
            </button>
          </li>
        ))}
      </ul>
      <p className="sr" role="status">
        {copied ? t('demo.copied', { name: copied }) : ''}
      </p>
    </section>
  );
}

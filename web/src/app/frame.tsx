// The frame around every signed-in page: rail and top on a desktop, a bar at the bottom on a phone.
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  Navigate,
  NavLink,
  Outlet,
  ScrollRestoration,
  useLocation,
  useNavigate,
} from 'react-router';
import { onSignedOut, Refused, request } from '@/api/client';
import { useGet } from '@/api/hooks';
import type { CampaignList, ObligationList } from '@/api/types';
import { t, useLanguage } from '@/i18n/i18n';
import { languages } from '@/i18n/language';
import { dropDrafts } from '@/rooms/record/draft';
import { useCampaigns } from '@/rooms/compliance/hooks';
import { Icon } from '@/ui/icon';
import { keepSize, keepTheme, useLook } from '@/ui/look';
import { Menu } from '@/ui/menu';
import { Bones, Trouble } from '@/ui/states';
import { permits } from './action';
import { actions } from './actions';
import './frame.css';
import { OutboxLine } from './outbox_line';
import { Palette } from './palette';
import { SessionProvider, useMe, useOwnUnits, type Session } from './session';
import { useShortcuts } from './shortcuts';
import { UnitSwitcher } from './unit_switcher';

export function Frame() {
  const me = useMe();
  const sees = me.data?.permissions.includes('unit_read') ?? false;
  const units = useOwnUnits(sees);
  // Asked for beside the units, for every page wants them next.
  useGet<CampaignList>('/campaigns', {}, sees, 300_000);
  const knowsPacks = me.data?.permissions.includes('pack_read') ?? false;
  useGet<ObligationList>('/obligations', {}, knowsPacks, 600_000);
  const location = useLocation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(() => localStorage.getItem('huilu.unit'));
  const chooseUnit = useCallback((id: string) => {
    localStorage.setItem('huilu.unit', id);
    setChosen(id);
  }, []);
  const next = location.pathname + location.search;
  useEffect(
    () => onSignedOut(() => void navigate(`/sign-in?next=${encodeURIComponent(next)}`)),
    [navigate, next],
  );
  const session = useMemo<Session | null>(() => {
    if (!me.data || (sees && !units.data)) return null;
    const items = units.data?.items ?? [];
    return {
      me: me.data,
      units: items,
      unit: items.find((unit) => unit.id === chosen) ?? items[0],
      chooseUnit,
    };
  }, [me.data, units.data, sees, chosen, chooseUnit]);
  if (me.error instanceof Refused && me.error.status === 401) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  if (me.error && !me.data) return <Trouble error={me.error} retry={() => void me.refetch()} />;
  if (!session) return <Bones lines={10} />;
  return (
    <SessionProvider value={session}>
      <Signed />
    </SessionProvider>
  );
}

function Signed() {
  const [palette, setPalette] = useState<'actions' | 'units' | null>(null);
  useShortcuts(actions, setPalette);
  const named = useCampaigns();
  useFocusOnMain();
  return (
    <>
      <title>{useTitle()}</title>
      <ScrollRestoration />
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <div className="frame">
        <Rail />
        <div className="frame-main">
          <Top openPalette={setPalette} />
          <OutboxLine />
          <main id="main" tabIndex={-1}>
            <Suspense fallback={<Bones lines={8} />}>
              {named ? <Outlet /> : <Bones lines={8} />}
            </Suspense>
          </main>
        </div>
        <BottomBar />
      </div>
      {palette ? <Palette mode={palette} close={() => setPalette(null)} /> : null}
    </>
  );
}

function useTitle(): string {
  const { pathname } = useLocation();
  const place = actions
    .filter((action) => pathname.startsWith(action.to))
    .sort((a, b) => b.to.length - a.to.length)[0];
  return place ? `${t(place.label)} · ${t('app.name')}` : t('app.name');
}

// Who hears the page or goes by keyboard begins where the new page begins.
function useFocusOnMain() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname]);
}

function usePermitted() {
  const me = useMe();
  return actions.filter((action) => me.data && permits(me.data, action));
}

function Rail() {
  const permitted = usePermitted().filter((action) => action.place === 'rail');
  const me = useMe();
  return (
    <nav className="rail no-print" aria-label={t('frame.places')}>
      <div className="brand">
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>{t('app.name')}</span>
        {me.data?.demo ? <span className="tag">{t('app.demo')}</span> : null}
      </div>
      <UnitSwitcher />
      <ul>
        {permitted.map((action) => (
          <li key={action.to}>
            <NavLink to={action.to}>
              <Icon name={action.icon} />
              <span>{t(action.label)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Top({ openPalette }: { openPalette: (mode: 'actions' | 'units') => void }) {
  return (
    <header className="top no-print">
      <div className="top-unit">
        <UnitSwitcher />
      </div>
      <button type="button" className="find" onClick={() => openPalette('units')}>
        <Icon name="search" size={18} />
        <span className="grow">{t('frame.search')}</span>
        <kbd>/</kbd>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="row" style={{ gap: 2, flexWrap: 'nowrap' }}>
        <button
          type="button"
          className="icon-button find-small"
          onClick={() => openPalette('units')}
          aria-label={t('frame.search')}
        >
          <Icon name="search" />
        </button>
        <LookMenu />
        <AccountMenu />
      </div>
    </header>
  );
}

function LookMenu() {
  const { language, choose } = useLanguage();
  const look = useLook();
  return (
    <Menu label={t('frame.look')} button={<Icon name="language" />}>
      <div className="label">{t('frame.language')}</div>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          role="menuitemradio"
          aria-checked={one === language}
          lang={one}
          onClick={() => choose(one)}
        >
          <span className="grow">{t(`language.${one}`)}</span>
          {one === language ? <Icon name="check" size={16} /> : null}
        </button>
      ))}
      <hr />
      <div className="label">{t('frame.theme')}</div>
      {(['light', 'dark', 'system'] as const).map((one) => (
        <button
          key={one}
          type="button"
          role="menuitemradio"
          aria-checked={look.theme === one}
          onClick={() => keepTheme(one)}
        >
          <span className="grow">{t(`theme.${one}`)}</span>
          {look.theme === one ? <Icon name="check" size={16} /> : null}
        </button>
      ))}
      <hr />
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={look.size === 'large'}
        onClick={() => keepSize(look.size === 'large' ? 'normal' : 'large')}
      >
        <span className="grow">{t('frame.large')}</span>
        {look.size === 'large' ? <Icon name="check" size={16} /> : null}
      </button>
    </Menu>
  );
}

export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  return async () => {
    await request('DELETE', '/session').catch(() => undefined);
    if (me.data) dropDrafts(me.data.account.id);
    queries.clear();
    void navigate('/sign-in');
  };
}

function AccountMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const account = me.data?.account;
  return (
    <Menu label={t('frame.account')} button={<Icon name="user" />}>
      <div className="label">{account?.display_name}</div>
      <button type="button" role="menuitem" onClick={() => void navigate('/me')}>
        <Icon name="user" size={18} />
        {t('place.me')}
      </button>
      <button type="button" role="menuitem" onClick={() => void signOut()}>
        <Icon name="out" size={18} />
        {t('session.sign_out')}
      </button>
    </Menu>
  );
}

const bar = ['/oversight', '/todo', '/records/new', '/standing', '/matters', '/me'];
const barLabels: Record<string, string> = {
  '/records/new': 'bar.record',
  '/standing': 'bar.standing',
};

function BottomBar() {
  const permitted = usePermitted();
  const items = bar.flatMap((to) => permitted.filter((action) => action.to === to));
  return (
    <nav className="bar no-print" aria-label={t('frame.places')}>
      {items.map((action) => (
        <NavLink
          key={action.to}
          to={action.to}
          end
          className={action.to === '/records/new' ? 'press' : ''}
        >
          <Icon name={action.icon} size={22} />
          <span>{t(barLabels[action.to] ?? action.label)}</span>
        </NavLink>
      ))}
    </nav>
  );
}

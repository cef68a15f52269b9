// Every page and the place it is loaded from; each room is a file of its own in the build.
import { createBrowserRouter, Navigate, type RouteObject, useRouteError } from 'react-router';
import { t } from '@/i18n/i18n';
import { Bones } from '@/ui/states';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Frame } from './frame';

function Broken() {
  const error = useRouteError();
  const gone = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <div className="empty" role="alert">
      <Icon name="warning" size={32} />
      <h1>{t(gone ? 'state.new_version' : 'state.page_failed')}</h1>
      <p className="muted">{t(gone ? 'state.new_version_text' : 'state.page_failed_text')}</p>
      <p style={{ marginTop: 16 }}>
        <Button look="main" onClick={() => location.reload()}>
          {t('state.reload')}
        </Button>
      </p>
    </div>
  );
}

const page = (path: string, lazy: RouteObject['lazy']): RouteObject => ({ path, lazy });

export const router = createBrowserRouter([
  {
    HydrateFallback: () => <Bones lines={8} />,
    ErrorBoundary: Broken,
    children: [
      page('/sign-in', () => import('@/rooms/session/sign_in')),
      page('/records/:id/sheet', () => import('@/rooms/record/sheet_page')),
      page('/matters/:id/sheets/:sheet', () => import('@/rooms/matter/sheet_page')),
      page('/rounds/:id/print', () => import('@/rooms/round/print_page')),
      {
        Component: Frame,
        ErrorBoundary: Broken,
        children: [
          {
            // Inside the frame, so that the way to everything else stays.
            ErrorBoundary: Broken,
            children: [
              { index: true, Component: () => <Navigate to="/home" replace /> },
              page('/home', () => import('@/rooms/session/home')),
              page('/todo', () => import('@/rooms/compliance/todo_page')),
              page('/standing', () => import('@/rooms/compliance/standing_page')),
              page('/standing/:node', () => import('@/rooms/compliance/standing_page')),
              page('/figures', () => import('@/rooms/indicator/figures_page')),
              page('/figures/:unit', () => import('@/rooms/indicator/figures_page')),
              page('/records', () => import('@/rooms/record/list_page')),
              page('/records/new', () => import('@/rooms/record/enter_page')),
              page('/records/grid', () => import('@/rooms/record/grid_page')),
              page('/records/backfill', () => import('@/rooms/record/backfill_page')),
              page('/records/:id', () => import('@/rooms/record/record_page')),
              page('/records/:id/correct', () => import('@/rooms/record/correct_page')),
              page('/registers', () => import('@/rooms/record/registers_page')),
              page('/matters', () => import('@/rooms/matter/list_page')),
              page('/matters/new', () => import('@/rooms/matter/open_page')),
              page('/matters/import', () => import('@/rooms/matter/import_page')),
              page('/ledgers', () => import('@/rooms/matter/pack_views_page')),
              page('/matters/:id', () => import('@/rooms/matter/matter_page')),
              page('/oversight', () => import('@/rooms/matter/oversight_page')),
              page('/look-backs', () => import('@/rooms/matter/look_backs_page')),
              page('/look-back-rounds', () => import('@/rooms/round/look_back_rounds_page')),
              page('/look-back-rounds/:id', () => import('@/rooms/round/look_back_round_page')),
              page('/unit-draws', () => import('@/rooms/round/unit_draws_page')),
              page('/unit-draws/:id', () => import('@/rooms/round/unit_draw_page')),
              page('/rounds', () => import('@/rooms/round/list_page')),
              page('/rounds/:id', () => import('@/rooms/round/round_page')),
              page('/units/:id', () => import('@/rooms/org/unit_page')),
              page('/campaigns', () => import('@/rooms/campaign/list_page')),
              page('/exemptions', () => import('@/rooms/compliance/exemptions_page')),
              page('/policy', () => import('@/rooms/policy/policy_page')),
              page('/policy/simulation', () => import('@/rooms/policy/simulation_page')),
              page('/policy/documents/:name', () => import('@/rooms/policy/document_page')),
              page('/policy/:pack', () => import('@/rooms/policy/pack_page')),
              page('/admin', () => import('@/rooms/admin/admin_page')),
              page('/admin/import', () => import('@/rooms/admin/import_page')),
              page('/admin/accounts', () => import('@/rooms/admin/accounts_page')),
              page('/admin/calendar', () => import('@/rooms/admin/calendar_page')),
              page('/admin/journal', () => import('@/rooms/admin/journal_page')),
              page('/admin/outbox', () => import('@/rooms/admin/outbox_page')),
              page('/notices', () => import('@/rooms/session/notices_page')),
              page('/me', () => import('@/rooms/session/me_page')),
              page('*', () => import('@/rooms/session/missing_page')),
            ],
          },
        ],
      },
    ],
  },
]);

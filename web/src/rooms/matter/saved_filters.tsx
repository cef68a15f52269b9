// Filters of the ledger under a name: one's own, and those that are shared with all who read this
// unit's ledger. Pressing one sets the address; the one that is looked at can be changed.
import { useState } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { SavedFilter, SavedFilterChanged, SavedFilterList } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { FieldBox } from '@/rooms/record/fields';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import './ledger_views.css';
import { wrongIn } from './types';
import { isLookedAt, partOf, savedOf, type SetView, type View } from './view';

type Asking = { kind: 'new' } | { kind: 'rename' | 'remove'; of: SavedFilter };

export function SavedFilters(props: { view: View; set: SetView; unitName: string | undefined }) {
  const { view, set } = props;
  const list = useGet<SavedFilterList>('/saved-filters', { unit: view.at }, view.at !== undefined);
  const [asking, setAsking] = useState<Asking | null>(null);
  const keeps = useMay('matter_open');
  const items = list.data?.items ?? [];
  const now = items.find((one) => isLookedAt(one.view, view));
  return (
    <div className="saved-filters" role="group" aria-label={t('matter.saved.title')}>
      {items.map((one) => (
        <button
          key={one.id}
          type="button"
          className="chip"
          aria-pressed={one === now}
          title={one.unit ? t('matter.saved.shared') : undefined}
          onClick={() => set(partOf(one.view))}
        >
          {one.unit ? (
            <>
              <Icon name="unit" size={14} />
              <span className="sr">{t('matter.saved.shared')}</span>
            </>
          ) : null}
          {one.name}
        </button>
      ))}
      {now ? (
        now.mine || (now.unit && keeps) ? (
          <Change of={now} view={view} ask={setAsking} />
        ) : null
      ) : Object.keys(savedOf(view, false)).length === 0 ? null : (
        <Button look="quiet" icon="plus" onClick={() => setAsking({ kind: 'new' })}>
          {t('matter.saved.save')}
        </Button>
      )}
      {asking?.kind === 'remove' ? (
        <RemoveBox of={asking.of} close={() => setAsking(null)} />
      ) : asking ? (
        <NameBox
          key={asking.kind}
          view={view}
          unitName={props.unitName}
          of={asking.kind === 'rename' ? asking.of : null}
          others={items}
          close={() => setAsking(null)}
        />
      ) : null}
    </div>
  );
}

function Change(props: { of: SavedFilter; view: View; ask: (asking: Asking) => void }) {
  const { of } = props;
  return (
    <Menu label={t('matter.saved.change')} button={<Icon name="edit" size={16} />}>
      {of.mine ? (
        <button type="button" role="menuitem" onClick={() => props.ask({ kind: 'rename', of })}>
          {t('matter.saved.rename')}
        </button>
      ) : null}
      <button type="button" role="menuitem" onClick={() => props.ask({ kind: 'remove', of })}>
        {t(of.mine ? 'matter.saved.remove' : 'matter.saved.take_off')}
      </button>
    </Menu>
  );
}

// A new one; or name, sharing and what it looks at of one that is there, or that gets this name.
function NameBox(props: {
  view: View;
  unitName: string | undefined;
  of: SavedFilter | null;
  others: SavedFilter[];
  close: () => void;
}) {
  const { view, of } = props;
  const [name, setName] = useState(of?.name ?? '');
  const [shared, setShared] = useState(of?.unit !== null && of !== null);
  const [fixed, setFixed] = useState(Boolean(of?.view.unit));
  // Saving under the name of one's own puts this in its place.
  const same = of ?? props.others.find((one) => one.mine && one.name === name.trim());
  const sending = usePost<SavedFilterChanged>(
    same ? `/saved-filters/${same.id}` : '/saved-filters',
  );
  const wrong = wrongIn(sending.error);
  const unit = of?.unit ?? view.at;
  const body = {
    ...(same ? { version: same.version } : {}),
    name: name.trim(),
    unit: shared && unit ? unit : null,
    view: savedOf(view, fixed),
  };
  return (
    <Box title={t(of ? 'matter.saved.rename' : 'matter.saved.save')} close={props.close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate({ body }, { onSuccess: props.close });
        }}
      >
        <FieldBox
          id="filter-name"
          title={t('matter.saved.name')}
          required
          wrong={wrong.get('/name')}
        >
          <input
            id="filter-name"
            className="text"
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </FieldBox>
        <label className="tick">
          <input
            type="checkbox"
            checked={fixed}
            onChange={(event) => setFixed(event.target.checked)}
          />
          <span>{t('matter.saved.fixed', { unit: props.unitName ?? view.at ?? '' })}</span>
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
          <span>{t('matter.saved.share', { unit: props.unitName ?? view.at ?? '' })}</span>
        </label>
        <p className="small muted">{t('matter.saved.no_right')}</p>
        {same && !of ? <p className="notice warn">{t('matter.saved.replaces')}</p> : null}
        {sending.error && wrong.size === 0 ? <Refusals error={sending.error} /> : null}
        <div className="row">
          <Button type="submit" look="main" busy={sending.isPending} disabled={name.trim() === ''}>
            {t(same && !of ? 'matter.saved.replace' : 'matter.saved.submit')}
          </Button>
          <Button onClick={props.close}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Box>
  );
}

function RemoveBox({ of, close }: { of: SavedFilter; close: () => void }) {
  const sending = usePost<SavedFilterChanged>(`/saved-filters/${of.id}/removal`);
  return (
    <Box title={t(of.mine ? 'matter.saved.remove' : 'matter.saved.take_off')} close={close}>
      <div className="stack">
        <p>{t(of.mine ? 'matter.saved.removes' : 'matter.saved.takes_off', { name: of.name })}</p>
        <Refusals error={sending.error} />
        <div className="row">
          <Button
            look="main"
            busy={sending.isPending}
            onClick={() => sending.mutate({ body: { version: of.version } }, { onSuccess: close })}
          >
            {t(of.mine ? 'matter.saved.remove' : 'matter.saved.take_off')}
          </Button>
          <Button onClick={close}>{t('act.cancel')}</Button>
        </div>
      </div>
    </Box>
  );
}

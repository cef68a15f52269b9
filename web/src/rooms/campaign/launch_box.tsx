// A campaign is made from a pack: its batches with their days, a look at how many units each would
// have, and the launch.
import { Select } from 'antd';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '@/api/client';
import { useGet, usePost } from '@/api/hooks';
import type {
  CampaignBatch,
  CampaignPreview,
  Changed,
  NewCampaign,
  PackDetails,
  PackList,
} from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays } from '@/i18n/format';
import { UnitName } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

// Packs in force that declare a campaign.
function useCampaignPacks(): PackDetails[] {
  const packs = useGet<PackList>('/packs').data?.items ?? [];
  const ids = [...new Set(packs.filter((pack) => pack.active).map((pack) => pack.id))];
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: [`/packs/${id}`, {}],
      queryFn: () => get<PackDetails>(`/packs/${id}`),
      staleTime: 600_000,
    })),
  });
  return found.flatMap(({ data }) => (data?.campaign ? [data] : []));
}

export function LaunchBox({ close }: { close: () => void }) {
  const { unit } = useSession();
  const packs = useCampaignPacks();
  const [pack, setPack] = useState<string>();
  const [batches, setBatches] = useState<CampaignBatch[]>([]);
  const look = usePost<CampaignPreview, NewCampaign>('/campaigns');
  const launch = usePost<Changed, NewCampaign>('/campaigns');
  if (!unit) return null;
  const body = (more: Partial<NewCampaign>): NewCampaign => ({
    pack: pack ?? '',
    unit: unit.id,
    ...more,
  });
  const days = batches.map(({ id, from, until }) => ({ id, from, until }));
  const preview = (next: Partial<NewCampaign>) =>
    look.mutate(
      { body: body({ ...next, preview: true }) },
      { onSuccess: (shown) => setBatches(shown.batches) },
    );
  const change = (id: string, day: Partial<CampaignBatch>) => {
    look.reset();
    setBatches(batches.map((one) => (one.id === id ? { ...one, ...day } : one)));
  };
  const shown = look.data;
  return (
    <Box title={t('campaign.create')} close={close}>
      <div className="stack" style={{ gap: 14 }}>
        <p className="muted">
          {t('campaign.unit')} <UnitName id={unit.id} link={false} />
        </p>
        <div className="field">
          <label htmlFor="campaign-pack">{t('policy.pack')}</label>
          <Select
            id="campaign-pack"
            value={pack ?? null}
            options={packs.map((one) => ({
              value: one.id,
              label: one.campaign?.title ?? one.title,
            }))}
            onChange={(next: string) => {
              setPack(next);
              setBatches([]);
              preview({ pack: next });
            }}
          />
        </div>
        {batches.map((batch) => (
          <fieldset key={batch.id} className="batch-days">
            <legend>{batch.title ?? batch.id}</legend>
            <div className="row">
              <input
                type="date"
                className="text"
                aria-label={`${batch.title ?? batch.id} ${t('campaign.from')}`}
                value={batch.from}
                onChange={({ target }) => change(batch.id, { from: target.value })}
              />
              <input
                type="date"
                className="text"
                aria-label={`${batch.title ?? batch.id} ${t('campaign.until')}`}
                value={batch.until ? addDays(batch.until, -1) : ''}
                onChange={({ target }) =>
                  change(batch.id, { until: target.value ? addDays(target.value, 1) : '' })
                }
              />
              {shown ? <b className="num">{t('unit.n', { n: batch.units })}</b> : null}
            </div>
          </fieldset>
        ))}
        {shown ? (
          <p className="muted">
            {t('campaign.in_none')} {t('unit.n', { n: shown.in_none })}
          </p>
        ) : null}
        <Refusals error={look.error ?? launch.error} />
        {launch.isPending ? (
          <p role="status" className="muted">
            {t('campaign.launching')}
          </p>
        ) : null}
        <div className="row">
          <Button
            busy={look.isPending}
            disabled={batches.length === 0}
            onClick={() => preview({ batches: days })}
          >
            {t('campaign.look')}
          </Button>
          <Button
            look="main"
            busy={launch.isPending}
            disabled={shown === undefined}
            onClick={() => launch.mutate({ body: body({ batches: days }) }, { onSuccess: close })}
          >
            {t('campaign.launch')}
          </Button>
        </div>
      </div>
    </Box>
  );
}

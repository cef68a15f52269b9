// Campaigns of the units that one sees: when, in which batches, and the way to where each stands.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Campaign, CampaignBatch, CampaignList, PackList } from '@/api/types';
import { useGet, useUnit } from '@/api/hooks';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, aside, fullDay, instant, relativeDay } from '@/i18n/format';
import { BehindDrawer } from '@/rooms/compliance/behind_drawer';
import { isBranch, UnitName } from '@/rooms/org/unit_name';
import { UnitSelect } from '@/rooms/org/unit_select';
import { Button, ButtonLink } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Bones, Empty, Loaded } from '@/ui/states';
import { AimBars } from './aims';
import { DutyBars, type DutyFigures, SpanBars, useFigures } from './bars';
import './campaign.css';
import { EndBox } from './end_box';
import { LaunchBox } from './launch_box';

// What is said of spans ends with their last day, not with the first one after.
const lastDay = (until: string | null) => (until ? addDays(until, -1) : null);

type Batch = { campaign: Campaign; batch: CampaignBatch };
const batchesOf = (campaigns: Campaign[]): Batch[] =>
  campaigns.flatMap((campaign) => campaign.batches.map((batch) => ({ campaign, batch })));

const stateKey = (from: string, until: string, today: string) =>
  today < from ? 'ahead' : today >= until ? 'over' : 'runs';

const columns = (today: string): TableColumn<Batch>[] => [
  {
    head: t('campaign.batch'),
    cell: ({ batch }) => <strong>{batch.title ?? batch.id}</strong>,
    value: ({ batch }) => batch.title ?? batch.id,
  },
  {
    head: t('campaign.from'),
    num: true,
    cell: ({ batch }) => fullDay(batch.from),
    value: ({ batch }) => batch.from,
  },
  {
    head: t('campaign.until'),
    num: true,
    cell: ({ batch }) => fullDay(lastDay(batch.until) ?? ''),
    value: ({ batch }) => lastDay(batch.until),
  },
  {
    head: t('campaign.units'),
    num: true,
    end: true,
    cell: ({ batch }) => t('unit.n', { n: batch.units }),
    value: ({ batch }) => batch.units,
  },
  {
    head: t('campaign.state'),
    cell: ({ batch }) => t(`campaign.state.${stateKey(batch.from, batch.until, today)}`),
    value: ({ batch }) => t(`campaign.state.${stateKey(batch.from, batch.until, today)}`),
  },
];

export function Component() {
  const { me } = useSession();
  const list = useGet<CampaignList>('/campaigns', { limit: 500 });
  const mayChange = useMay('campaign_change');
  const [search, setSearch] = useSearchParams();
  const named: TableColumn<Batch> = {
    head: t('campaign.campaign'),
    cell: ({ campaign }) => campaign.title,
    value: ({ campaign }) => campaign.title ?? campaign.id,
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.campaigns')}</h1>
          <p>{t('campaign.text')}</p>
        </div>
        <div className="row">
          <ExportButton
            name={t('place.campaigns')}
            columns={[named, ...columns(me.today)]}
            rows={list.data ? batchesOf(list.data.items) : undefined}
            asOf={list.data?.as_of}
          />
          {mayChange ? (
            <Button look="main" onClick={() => setSearch({ create: '' })}>
              {t('campaign.create')}
            </Button>
          ) : null}
        </div>
      </div>
      {mayChange && search.has('create') ? <LaunchBox close={() => setSearch({})} /> : null}
      <Loaded of={list} lines={10}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="card">
              <Empty name="campaigns" icon="calendar" />
            </section>
          ) : (
            <div className="stack" style={{ gap: 20 }}>
              {data.items.map((one) => (
                <CampaignCard key={one.id} campaign={one} />
              ))}
              <p className="as-of">{t('state.as_of', { at: instant(data.as_of.known_at) })}</p>
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function CampaignCard({ campaign }: { campaign: Campaign }) {
  const { me } = useSession();
  const mayChange = useMay('campaign_change');
  const figures = useFigures(campaign, campaign.unit);
  const [search, setSearch] = useSearchParams();
  const unit = search.get(campaign.id) ?? campaign.unit;
  const chosen = useFigures(campaign, unit);
  const at = useUnit(unit);
  const [opened, setOpened] = useState<DutyFigures | null>(null);
  const [ending, setEnding] = useState(false);
  const { window: span, ended } = campaign;
  const packs = useGet<PackList>('/packs', {}, useMay('pack_read'), 600_000);
  const last = lastDay(span.until);
  const aims = campaign.strands.length + campaign.goals.length > 0;
  const choose = ([one]: string[]) =>
    setSearch(
      (before) => {
        if (one && one !== campaign.unit) before.set(campaign.id, one);
        else before.delete(campaign.id);
        return before;
      },
      { replace: true },
    );
  return (
    <section className="card campaign">
      <header>
        <div>
          <h2>{campaign.title ?? campaign.id}</h2>
          <p className="muted small num">
            {last
              ? t('calendar.span', { from: span.from, until: last })
              : t('policy.since', { day: span.from })}
            {last ? aside(relativeDay(last, me.today)) : ''}
          </p>
        </div>
        <div className="row">
          <ButtonLink to={`/standing/${campaign.unit}?period=campaign:${campaign.id}`} icon="trend">
            {t('campaign.standing')}
          </ButtonLink>
          {mayChange && !ended && figures ? (
            <Button onClick={() => setEnding(true)}>{t('campaign.close')}</Button>
          ) : null}
        </div>
      </header>
      <dl className="facts body">
        <dt>{t('campaign.unit')}</dt>
        <dd>
          <UnitName id={campaign.unit} />
        </dd>
        <dt>{t('policy.pack')}</dt>
        <dd>
          <Link to={`/policy/${campaign.pack}`}>
            {packs.data?.items.find((pack) => pack.id === campaign.pack)?.title ?? campaign.pack}
          </Link>{' '}
          {t('policy.version_is', { version: campaign.pack_version })}
        </dd>
        <dt>
          <label htmlFor={`of-${campaign.id}`}>{t('campaign.figures_of')}</label>
        </dt>
        <dd>
          <UnitSelect id={`of-${campaign.id}`} value={[unit]} change={choose} />
        </dd>
        <dt>{t('campaign.in_none')}</dt>
        <dd className="num">{t('unit.n', { n: campaign.in_none })}</dd>
        {ended ? (
          <>
            <dt>{t('campaign.ended')}</dt>
            <dd>
              {ended.on} {ended.reason}
            </dd>
          </>
        ) : null}
      </dl>
      <DataTable
        label={t('campaign.batches')}
        columns={columns(me.today)}
        rows={batchesOf([campaign])}
        keyOf={({ batch }) => batch.id}
      />
      {/* Below all else, for the figures take their time and nothing may move when they come. */}
      <div className="bars body">
        <SpanBars campaign={campaign} today={me.today} />
        {chosen === undefined ? (
          <Bones lines={8} />
        ) : (
          <>
            {aims ? <AimBars campaign={campaign} figures={chosen} open={setOpened} /> : null}
            {chosen.length > 0 ? (
              <DutyBars campaign={campaign} figures={chosen} />
            ) : (
              <p className="muted">{t('campaign.nothing_due')}</p>
            )}
          </>
        )}
      </div>
      {opened ? (
        <BehindDrawer
          opened={{
            ...opened,
            node: {
              id: unit,
              name: at.data?.name ?? null,
              has_children: at.data?.has_children ?? true,
            },
          }}
          close={() => setOpened(null)}
          branch={at.data !== undefined && isBranch(at.data)}
        />
      ) : null}
      {ending && figures ? (
        <EndBox campaign={campaign} figures={figures} close={() => setEnding(false)} />
      ) : null}
    </section>
  );
}

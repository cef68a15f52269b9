// What was asked for and what became of it; who may decide does it here, never for oneself.
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useGet, usePost } from '@/api/hooks';
import type { Exemption, ExemptionList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { titleIn, useVocabulary } from '@/app/vocabulary';
import { t } from '@/i18n/i18n';
import { instant, periodTitle, semicolon } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Box } from '@/ui/overlay';
import { Empty, Loaded, Refusals } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { useHasStanding, useObligations } from './hooks';

const states = ['asked', 'approved', 'refused', 'withdrawn'] as const;

export function Component() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const state = states.find((one) => one === search.get('state')) ?? 'asked';
  const able = useHasStanding();
  const list = useGet<ExemptionList>('/exemptions', { unit: unit?.id, state, limit: 500 }, able);
  const [deciding, setDeciding] = useState<Exemption | null>(null);
  const columns = useColumns(setDeciding);
  const titleOf = useTitles();
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.exemptions')}</h1>
          <p>{t('exemption.text')}</p>
        </div>
        <ExportButton
          name={t('place.exemptions')}
          columns={columns}
          rows={list.data?.items}
          asOf={list.data?.as_of}
          filter={[unit?.name, t(`exemption.state.${state}`)]}
        />
      </div>
      <Tabs
        names={states}
        shown={state}
        onShow={(one) => setSearch({ state: one }, { replace: true })}
      >
        {(one) => t(`exemption.state.${one}`)}
      </Tabs>
      {!able ? (
        <section className="card">
          <Empty name="duties" icon="exemption" />
        </section>
      ) : (
        <Loaded of={list}>
          {(data) =>
            data.items.length === 0 ? (
              <section className="card">
                <Empty name="exemptions" icon="exemption" />
              </section>
            ) : (
              <DataTable
                label={t('place.exemptions')}
                columns={columns}
                rows={data.items}
                keyOf={(one) => one.id}
              />
            )
          }
        </Loaded>
      )}
      {deciding ? (
        <Decide exemption={deciding} title={titleOf(deciding)} close={() => setDeciding(null)} />
      ) : null}
    </div>
  );
}

const unitOf = (one: Exemption) => nameOf(one.unit);

function useColumns(decide: (one: Exemption) => void): TableColumn<Exemption>[] {
  const titleOf = useTitles();
  const words = useVocabulary();
  const { me } = useSession();
  const may = useMay('exemption_decide');
  const reason = (one: Exemption) => titleIn(words.data?.leave_reasons, one.reason);
  // A unit's own duty names the unit; a member's or a post's names whose it is.
  const who = (one: Exemption) => (one.name === one.unit.name ? null : one.name);
  return [
    {
      head: t('exemption.duty'),
      cell: (one) => (
        <span>
          {titleOf(one)} <span className="muted small">{periodTitle(one.period)}</span>
        </span>
      ),
      value: (one) => `${titleOf(one)} ${periodTitle(one.period)}`,
    },
    {
      head: t('record.units'),
      cell: (one) => (
        <span>
          <Link to={`/units/${one.unit.id}`}>{unitOf(one)}</Link>
          {who(one) ? <span className="small muted"> {who(one)}</span> : null}
        </span>
      ),
      value: (one) => [unitOf(one), who(one)].filter(Boolean).join(' '),
    },
    {
      head: t('exemption.kind'),
      cell: (one) => (
        <span>
          {t(`exemption.kind.${one.kind}`)}
          {one.act ? <span className="num small muted"> {one.act}</span> : null}
        </span>
      ),
      value: (one) => [t(`exemption.kind.${one.kind}`), one.act].filter(Boolean).join(' '),
    },
    {
      head: t('exemption.why'),
      cell: (one) => (
        <span>
          {reason(one)}
          <span className="muted small"> {one.note}</span>
          {one.decided?.note ? (
            <span className="small" style={{ display: 'block' }}>
              {t('exemption.answer', { note: one.decided.note })}
            </span>
          ) : null}
        </span>
      ),
      value: (one) => [reason(one), one.note, one.decided?.note].filter(Boolean).join(semicolon()),
    },
    {
      head: t('exemption.asked_at'),
      num: true,
      cell: (one) => instant(one.asked.at),
      value: (one) => instant(one.asked.at),
    },
    { head: t('exemption.number'), num: true, cell: (one) => one.id, value: (one) => one.id },
    {
      head: t('exemption.decide.action'),
      quiet: true,
      end: true,
      cell: (one) =>
        may && one.state === 'asked' && one.asked.by !== me.account.id ? (
          <Button onClick={() => decide(one)}>{t('exemption.decide.action')}</Button>
        ) : null,
    },
  ];
}

function useTitles(): (one: Exemption) => string {
  const obligations = useObligations();
  return (one) =>
    one.title ??
    obligations.data?.items.find((duty) => duty.address === one.obligation)?.title ??
    one.obligation;
}

function Decide(props: { exemption: Exemption; title: string; close: () => void }) {
  const { exemption, close } = props;
  const words = useVocabulary();
  const [note, setNote] = useState('');
  const decide = usePost<Exemption>(`/exemptions/${exemption.id}/decision`);
  const send = (decision: 'approve' | 'refuse') =>
    decide.mutate(
      { body: { version: exemption.version, decision, note: note.trim() } },
      { onSuccess: close },
    );
  return (
    <Box title={t('exemption.decide.title')} close={close}>
      <div className="stack">
        <p>
          <strong>{props.title}</strong> · {periodTitle(exemption.period)} ·{' '}
          {t(`exemption.kind.${exemption.kind}`)} {exemption.act}
        </p>
        <dl className="facts">
          <dt>{t('record.units')}</dt>
          <dd>
            {unitOf(exemption)}
            {exemption.name && exemption.name !== exemption.unit.name ? ` ${exemption.name}` : ''}
          </dd>
          <dt>{t('exemption.reason')}</dt>
          <dd>{titleIn(words.data?.leave_reasons, exemption.reason)}</dd>
          <dt>{t('exemption.note')}</dt>
          <dd>{exemption.note}</dd>
        </dl>
        <div className="field">
          <label htmlFor="decision-note">{t('exemption.decide.note')}</label>
          <textarea
            id="decision-note"
            className="text"
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <Refusals error={decide.error} />
        <div className="row">
          <Button look="main" busy={decide.isPending} onClick={() => send('approve')}>
            {t('exemption.decide.approve')}
          </Button>
          <Button
            look="danger"
            busy={decide.isPending}
            disabled={!note.trim()}
            onClick={() => send('refuse')}
          >
            {t('exemption.decide.refuse')}
          </Button>
        </div>
        <p className="muted small">{t('exemption.decide.text')}</p>
      </div>
    </Box>
  );
}

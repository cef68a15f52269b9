// What was asked for and what became of it; who may decide does it here, never for oneself.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useGet, usePost } from '@/api/hooks';
import type { Exemption, ExemptionList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { titleIn, useVocabulary } from '@/app/vocabulary';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Empty, Loaded, Refusals } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { useHasStanding, useObligations } from './hooks';

const states = ['asked', 'approved', 'refused', 'withdrawn'] as const;

export function Component() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? 'asked';
  const able = useHasStanding();
  const list = useGet<ExemptionList>('/exemptions', { unit: unit?.id, state }, able);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.exemptions')}</h1>
          <p>{t('exemption.text')}</p>
        </div>
      </div>
      <div className="tabs" role="tablist">
        {states.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={state === one}
            onClick={() => setSearch({ state: one }, { replace: true })}
          >
            {t(`exemption.state.${one}`)}
          </button>
        ))}
      </div>
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
              <Lines items={data.items} />
            )
          }
        </Loaded>
      )}
    </div>
  );
}

function Lines({ items }: { items: Exemption[] }) {
  const obligations = useObligations();
  const words = useVocabulary();
  const { me } = useSession();
  const may = useMay('exemption_decide');
  const [deciding, setDeciding] = useState<Exemption | null>(null);
  const titleOf = (one: Exemption) =>
    one.title ??
    obligations.data?.items.find((duty) => duty.address === one.obligation)?.title ??
    one.obligation;
  return (
    <Wrap label={t('place.exemptions')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('exemption.number')}</th>
            <th>{t('record.units')}</th>
            <th>{t('exemption.duty')}</th>
            <th>{t('exemption.kind')}</th>
            <th>{t('exemption.why')}</th>
            <th>
              <span className="sr">{t('exemption.decide.action')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td className="num">{one.id}</td>
              <td>
                {one.unit.name ?? t('unit.closed_name', { id: one.unit.id })}
                {one.name ? <div className="small muted">{one.name}</div> : null}
              </td>
              <td>
                {titleOf(one)} <span className="muted small">{periodTitle(one.period)}</span>
              </td>
              <td>
                {t(`exemption.kind.${one.kind}`)}
                {one.act ? <div className="num small muted">{one.act}</div> : null}
              </td>
              <td>
                {titleIn(words.data?.leave_reasons, one.reason)}
                <div className="muted small">{one.note}</div>
                {one.decided?.note ? (
                  <div className="small">{t('exemption.answer', { note: one.decided.note })}</div>
                ) : null}
              </td>
              <td className="end">
                {may && one.state === 'asked' && one.asked.by !== me.account.id ? (
                  <Button onClick={() => setDeciding(one)}>{t('exemption.decide.action')}</Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {deciding ? (
        <Decide exemption={deciding} title={titleOf(deciding)} close={() => setDeciding(null)} />
      ) : null}
    </Wrap>
  );
}

function Decide(props: { exemption: Exemption; title: string; close: () => void }) {
  const { exemption, close } = props;
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
          <strong>{props.title}</strong> · {periodTitle(exemption.period)}
        </p>
        <p>{exemption.note}</p>
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

// One record: what it says, what it counted for, and every version of it.
import { useState } from 'react';
import { useParams } from 'react-router';
import { useGet, usePost } from '@/api/hooks';
import type { Record as Entry, RecordChanged, RecordVersions, RollList } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay, instant, semicolon } from '@/i18n/format';
import { Button, ButtonLink } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Bones, Loaded, Refusals } from '@/ui/states';
import { Served, useServed } from '@/rooms/compliance/served';
import { FieldShown } from './field_shown';
import { StateTag, UnitNames } from './list_page';
import './record.css';
import { typeTitle, useRecordTypes } from './types';

export function Component() {
  const { id = '' } = useParams();
  const record = useGet<Entry>(`/records/${id}`);
  const versions = useGet<RecordVersions>(`/records/${id}/versions`);
  return (
    <div className="page">
      <Loaded of={record}>
        {(one) => (
          <>
            <Head record={one} />
            <div className="columns">
              <Content record={one} />
              <div className="stack">
                <ServedCard record={one} />
                <section className="card">
                  <header>
                    <h2>{t('record.history')}</h2>
                  </header>
                  <div className="body">
                    <Loaded of={versions} lines={3}>
                      {(list) => <History versions={list.items} />}
                    </Loaded>
                  </div>
                </section>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

// Of its unit's duties; members and posts have theirs on their own pages.
function ServedCard({ record }: { record: Entry }) {
  const served = useServed(record);
  const may = useMay('explanation_counts_read');
  if (!may || record.state !== 'entered') return null;
  return (
    <section className="card">
      <header>
        <h2>{t('record.saved.counted')}</h2>
      </header>
      <div className="body" style={{ minHeight: 72 }}>
        {served === undefined ? <Bones lines={1} /> : null}
        {served?.length === 0 ? <p className="muted">{t('record.served_nothing')}</p> : null}
        {served && served.length > 0 ? <Served of={served} /> : null}
      </div>
    </section>
  );
}

function Head({ record }: { record: Entry }) {
  const types = useRecordTypes();
  const may = useMay('record_correct');
  const [voiding, setVoiding] = useState(false);
  return (
    <div className="page-head">
      <div>
        <h1>
          {record.types.map((type) => typeTitle(types.data?.items, type)).join(comma())}
          <StateTag state={record.state} />
        </h1>
        <p>
          {fullDay(record.date)}
          {record.place ? ` · ${record.place}` : ''} · {t('record.number_is', { id: record.id })}
        </p>
      </div>
      <div className="row">
        <ButtonLink to={`/records/${record.id}/sheet`} icon="print">
          {t('record.sheet.action')}
        </ButtonLink>
        {may && record.state !== 'void' ? (
          <>
            <ButtonLink to={`/records/${record.id}/correct`} icon="edit">
              {t('record.correct.action')}
            </ButtonLink>
            <Button look="danger" onClick={() => setVoiding(true)}>
              {t('record.void.action')}
            </Button>
          </>
        ) : null}
      </div>
      {voiding ? <Void record={record} close={() => setVoiding(false)} /> : null}
    </div>
  );
}

function Void({ record, close }: { record: Entry; close: () => void }) {
  const [reason, setReason] = useState('');
  const take = usePost<RecordChanged>(`/records/${record.id}/void`);
  return (
    <Box title={t('record.void.title')} close={close}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate({ body: { version: record.version, reason } }, { onSuccess: close });
        }}
      >
        <p>{t('record.void.text')}</p>
        <Refusals error={take.error} />
        <div className="field">
          <label htmlFor="reason">{t('record.reason')}</label>
          <textarea
            id="reason"
            className="text"
            rows={3}
            required
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <div className="row">
          <Button type="submit" look="danger" busy={take.isPending} disabled={!reason.trim()}>
            {t('record.void.action')}
          </Button>
          <Button onClick={close}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Box>
  );
}

function Content({ record }: { record: Entry }) {
  const types = useRecordTypes();
  const people = useNames(record);
  const shown = record.present.filter((person) => person !== null);
  return (
    <section className="card">
      <div className="body stack">
        <dl className="facts">
          <dt>{t('record.units')}</dt>
          <dd>
            <UnitNames of={record} />
          </dd>
          {record.state === 'planned' ? null : (
            <>
              <dt>{t('record.there')}</dt>
              <dd>
                <span className="num">{t('record.people', { n: record.present_count })}</span>
                {shown.length > 0 ? (
                  <p className="muted">{shown.map((person) => people(person)).join(comma())}</p>
                ) : record.present_count > 0 ? (
                  <p className="muted">{t('record.names_closed')}</p>
                ) : null}
              </dd>
            </>
          )}
        </dl>
        {record.types.map((name) => {
          const type = types.data?.items.find((one) => one.name === name);
          const given = record.fields?.[name] ?? {};
          const fields = (type?.fields ?? []).filter((field) => given[field.name] !== undefined);
          return (
            <div key={name}>
              <h2>{typeTitle(types.data?.items, name)}</h2>
              {fields.length === 0 ? <p className="muted">{t('record.no_fields')}</p> : null}
              <dl className="facts">
                {fields.map((field) => (
                  <FieldShown
                    key={field.name}
                    field={field}
                    value={given[field.name]}
                    people={people}
                  />
                ))}
              </dl>
            </div>
          );
        })}
        <p className="muted small">{t('record.not_how_good')}</p>
      </div>
    </section>
  );
}

function useNames(record: Entry): (person: string) => string {
  const roll = useGet<RollList>(
    `/units/${record.units[0]}/roll`,
    { on: record.date, limit: 500 },
    record.present.some((person) => person !== null) || record.state !== 'planned',
  );
  return (person) => roll.data?.items.find((one) => one.person === person)?.name ?? person;
}

// Newest first; each says what became different from the one before.
function History({ versions }: { versions: Entry[] }) {
  const types = useRecordTypes();
  const lines = versions.map((version, i) => ({ version, before: versions[i - 1] })).reverse();
  return (
    <ol className="history">
      {lines.map(({ version, before }) => (
        <li key={version.version}>
          <div style={{ gridColumn: 2, gridRow: 1 }}>
            <p>
              <strong>{t(whatOf(version, before))}</strong>{' '}
              <span className="muted small num">{instant(version.entered)}</span>
            </p>
            {version.on_behalf ? <p className="small muted">{t('record.on_behalf')}</p> : null}
            {version.reason ? <p>{t('record.because', { reason: version.reason })}</p> : null}
            {version.check_reasons.map(({ check, reason }) =>
              reason ? <p key={check}>{t('checks.given', { reason })}</p> : null,
            )}
            {before && version.state !== 'void' ? (
              <ul className="small muted">
                {changes(before, version, types.data?.items).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            ) : null}
            <p className="small muted num">{t('record.journal', { n: version.journal })}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function whatOf(version: Entry, before: Entry | undefined): string {
  if (version.state === 'void') return 'record.what.voided';
  if (!before) return version.state === 'planned' ? 'record.what.planned' : 'record.what.entered';
  if (before.state === 'planned' && version.state === 'entered') return 'record.what.carried_out';
  return 'record.what.corrected';
}

function changes(before: Entry, after: Entry, types: Parameters<typeof typeTitle>[0]): string[] {
  const lines: string[] = [];
  const add = (what: string, from: unknown, to: unknown) => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    lines.push(t('record.change', { what, from: show(from), to: show(to) }));
  };
  add(t('record.date'), before.date, after.date);
  add(t('record.place'), before.place, after.place);
  add(
    t('record.kinds'),
    before.types.map((type) => typeTitle(types, type)).join(comma()),
    after.types.map((type) => typeTitle(types, type)).join(comma()),
  );
  add(t('record.there'), before.present_count, after.present_count);
  for (const name of new Set([...before.types, ...after.types])) {
    for (const field of types?.find((type) => type.name === name)?.fields ?? []) {
      add(field.title, before.fields?.[name]?.[field.name], after.fields?.[name]?.[field.name]);
    }
  }
  return lines;
}

const show = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return t('record.nothing');
  return Array.isArray(value) ? value.join(semicolon()) : String(value);
};

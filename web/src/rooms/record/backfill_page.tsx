// What was done before, from one sheet: copied out of a spreadsheet, looked at, then entered row by
// row, each under a key made from its content, so that pasting the same sheet again enters nothing
// twice.
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { post } from '@/api/client';
import type { RecordChanged } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { saveSheet } from '@/ui/sheet';
import { Bones, Empty } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { readRows, type BackfillRow } from './backfill';
import './record.css';
import { useRecordTypes } from './types';
import { comma } from '@/i18n/format';

type State = { state: 'busy' | 'sent' | 'refused'; id?: string; wrong?: string };

async function keyOf(account: string, row: BackfillRow): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([account, row.body]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.slice(0, 24), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function Component() {
  const { me, units } = useSession();
  const types = useRecordTypes();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [states, setStates] = useState<Record<number, State>>({});
  const [busy, setBusy] = useState(false);
  const rows = useMemo(
    () => readRows(text, units, types.data?.items ?? [], me.today),
    [text, units, types.data, me.today],
  );
  const good = rows.filter((row) => row.wrong.length === 0);
  const head = [
    'backfill.unit',
    'backfill.date',
    'backfill.kind',
    'backfill.content',
    'backfill.place',
  ].map((key) => t(key));
  const run = async () => {
    setBusy(true);
    for (const row of good) {
      if (states[row.line]?.state === 'sent') continue;
      setStates((before) => ({ ...before, [row.line]: { state: 'busy' } }));
      try {
        const made = await post<RecordChanged>('/records', row.body, {
          key: await keyOf(me.account.id, row),
        });
        setStates((before) => ({ ...before, [row.line]: { state: 'sent', id: made.id } }));
      } catch (error) {
        const wrong = error instanceof Error ? error.message : String(error);
        setStates((before) => ({ ...before, [row.line]: { state: 'refused', wrong } }));
      }
    }
    setBusy(false);
    void queries.invalidateQueries();
  };
  if (!types.data) return <Bones lines={8} />;
  const sent = Object.values(states).filter((one) => one.state === 'sent').length;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('backfill.title')}</h1>
          <p>{t('backfill.text')}</p>
        </div>
        <Button
          icon="download"
          onClick={() =>
            void saveSheet({
              name: t('backfill.template'),
              notes: [
                t('backfill.template_note', {
                  kinds: types.data.items.map((type) => type.title).join(comma()),
                }),
              ],
              head,
              rows: units
                .slice(0, 1)
                .map((unit) => [unit.name, me.today, types.data.items[0]?.title ?? '', '', '']),
            })
          }
        >
          {t('backfill.template')}
        </Button>
      </div>
      <div className="card pad stack">
        <label htmlFor="paste">{t('backfill.paste', { head: head.join(' · ') })}</label>
        <textarea
          id="paste"
          className="text"
          rows={6}
          value={text}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setStates({});
          }}
        />
        <div className="row">
          <Button look="main" busy={busy} disabled={good.length === 0} onClick={() => void run()}>
            {t('backfill.run', { n: good.length })}
          </Button>
          <span className="muted" role="status">
            {rows.length > 0
              ? t('backfill.counts', { good: good.length, wrong: rows.length - good.length, sent })
              : null}
          </span>
        </div>
      </div>
      <Wrap label={t('backfill.title')} style={{ marginTop: 16 }}>
        {rows.length === 0 ? (
          <Empty name="backfill" icon="sheet" />
        ) : (
          <table className="table">
            <thead>
              <tr>
                <th className="end">{t('backfill.line')}</th>
                {head.map((one) => (
                  <th key={one}>{one}</th>
                ))}
                <th>{t('grid.state')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td className="end num">{row.line}</td>
                  {row.cells.slice(0, 5).map((cell, i) => (
                    <td key={i}>{cell}</td>
                  ))}
                  <td>
                    <Line row={row} state={states[row.line]} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Wrap>
    </div>
  );
}

function Line({ row, state }: { row: BackfillRow; state: State | undefined }) {
  if (row.wrong.length > 0) {
    return <span className="v-failed">{row.wrong.map((key) => t(key)).join(' ')}</span>;
  }
  if (state?.state === 'sent') return <Link to={`/records/${state.id}`}>{t('grid.saved')}</Link>;
  if (state?.state === 'busy') return <span className="muted">{t('grid.saving')}</span>;
  if (state?.state === 'refused') return <span className="v-failed">{state.wrong}</span>;
  return <span className="muted">{t('backfill.ready')}</span>;
}

// The rows that ask: what was done since, or why nothing is new. Each is saved by itself; what is
// typed stays on this device until the server has it. A column of a sheet can be pasted.
import { useState } from 'react';
import { Link } from 'react-router';
import type { MatterType, RoundLineWritten, RoundRow, RoundWhole } from '@/api/types';
import { newKey, Refused } from '@/api/client';
import { usePost } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { dropDraft, keepDraft, readDraft } from '@/rooms/record/draft';
import { Button } from '@/ui/button';
import { ExportButton } from '@/ui/data_table';
import { Empty, Loaded, Refusals } from '@/ui/states';
import { useRoundRows } from './hooks';
import { rowColumns, RowDue } from './row_table';
import { asksText, rowContent } from './say';

type Draft = { kind: 'progress' | 'none'; said: string };

export function Lines({ round }: { round: RoundWhole }) {
  const [onlyMissing, setOnlyMissing] = useState(false);
  const list = useRoundRows(round.id, 'asks');
  const types = useMatterTypes();
  const [pasted, setPasted] = useState<Map<string, string>>(new Map());
  return (
    <Loaded of={list}>
      {(data) => {
        // Whoever leads a unit writes its lines; others read them.
        const writable = data.items.filter((row) => row.may_write);
        const shown = (writable.length > 0 ? writable : data.items).filter(
          (row) => !onlyMissing || row.line === null,
        );
        if (data.items.length === 0)
          return (
            <section className="card">
              <Empty name="round_lines" icon="check" />
            </section>
          );
        return (
          <div className="stack">
            <div className="row between">
              <div className="row">
                <button
                  type="button"
                  className="chip"
                  aria-pressed={onlyMissing}
                  onClick={() => setOnlyMissing(!onlyMissing)}
                >
                  {t('round.only_missing')}
                </button>
                <span className="muted num" role="status">
                  {t('round.lines_left', {
                    n: shown.filter((row) => row.line === null).length,
                  })}
                </span>
              </div>
              <ExportButton
                name={t('round.lines_sheet', { name: round.name })}
                columns={rowColumns(types.data?.items)}
                rows={shown}
                asOf={data.as_of}
                filter={[round.name]}
              />
            </div>
            {writable.length > 1 ? <Paste rows={shown} take={setPasted} /> : null}
            <ul className="stack lines-to-write">
              {shown.map((row) => (
                <LineCard
                  key={`${row.matter.id} ${row.line?.version ?? 0} ${pasted.get(row.matter.id) ?? ''}`}
                  round={round}
                  row={row}
                  types={types.data?.items}
                  pasted={pasted.get(row.matter.id)}
                />
              ))}
            </ul>
          </div>
        );
      }}
    </Loaded>
  );
}

// One text a line, in the order of the rows; nothing is saved by it.
function Paste(props: { rows: RoundRow[]; take: (texts: Map<string, string>) => void }) {
  const [text, setText] = useState('');
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n');
  const fits = text !== '' && lines.length === props.rows.length;
  return (
    <details className="card paste">
      <summary>{t('round.paste')}</summary>
      <div className="body stack">
        <label htmlFor="paste" className="muted">
          {t('round.paste_text', { n: props.rows.length })}
        </label>
        <textarea
          id="paste"
          className="text"
          rows={4}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {text !== '' && !fits ? (
          <p className="notice warn" role="status">
            {t('round.paste_wrong', { have: lines.length, want: props.rows.length })}
          </p>
        ) : null}
        <div>
          <Button
            disabled={!fits}
            onClick={() =>
              props.take(new Map(props.rows.map((row, i) => [row.matter.id, lines[i] ?? ''])))
            }
          >
            {t('round.paste_take')}
          </Button>
        </div>
      </div>
    </details>
  );
}

function LineCard(props: {
  round: RoundWhole;
  row: RoundRow;
  types: MatterType[] | undefined;
  pasted: string | undefined;
}) {
  const { row } = props;
  return (
    <li className="card line-card">
      <div className="body stack">
        <div className="row between">
          <span className="small muted num">{row.matter.id}</span>
          <span className="small">{t('round.asked_for', { why: asksText(row) })}</span>
        </div>
        <Link to={`/matters/${row.matter.id}`} className="content">
          {rowContent(row, props.types)}
        </Link>
        <div className="row small muted">
          <span>{nameOf(row.line_unit)}</span>
          <RowDue row={row} />
          <span>{t('round.quiet', { day: row.standing?.last_progress ?? '' })}</span>
          {row.evidence_since > 0 ? (
            <span>{t('round.evidence_since', { n: row.evidence_since })}</span>
          ) : null}
        </div>
        {row.said_before ? (
          <p className="small muted">
            {t(row.said_before.kind === 'none' ? 'round.said_none' : 'round.said_before', {
              said: row.said_before.said,
            })}
          </p>
        ) : null}
        {row.may_write ? (
          <LineForm {...props} />
        ) : (
          <p className={row.line ? undefined : 'muted'}>
            {row.line
              ? t(row.line.kind === 'none' ? 'round.line.none_because' : 'round.line.said', {
                  said: row.line.said,
                })
              : t('round.line.missing')}
          </p>
        )}
      </div>
    </li>
  );
}

function LineForm(props: { round: RoundWhole; row: RoundRow; pasted: string | undefined }) {
  const { round, row } = props;
  const { me } = useSession();
  const about = `round.${round.id}.${row.matter.id}`;
  const saved: Draft = { kind: row.line?.kind ?? 'progress', said: row.line?.said ?? '' };
  const [draft, setDraft] = useState<Draft>(() =>
    props.pasted
      ? { ...saved, said: props.pasted }
      : (readDraft<Draft>(me.account.id, about) ?? saved),
  );
  const [key, setKey] = useState(newKey);
  const write = usePost<RoundLineWritten>(`/rounds/${round.id}/lines`);
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(me.account.id, about, next);
  };
  const differs = draft.kind !== saved.kind || draft.said.trim() !== saved.said;
  const box = `line-${row.matter.id}`;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate(
          {
            key,
            body: {
              matter: row.matter.id,
              version: row.line?.version ?? 0,
              kind: draft.kind,
              said: draft.said.trim(),
            },
          },
          {
            onSuccess: () => dropDraft(me.account.id, about),
            // What was refused is another request when it is sent again.
            onError: (error) => error instanceof Refused && setKey(newKey()),
          },
        );
      }}
    >
      <div className="row" role="group" aria-label={t('round.line')}>
        {(['progress', 'none'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className="chip"
            aria-pressed={draft.kind === kind}
            onClick={() => change({ kind })}
          >
            {t(`round.line.${kind}`)}
          </button>
        ))}
      </div>
      <div className="field">
        <label htmlFor={box}>
          {t(draft.kind === 'none' ? 'round.line.why' : 'round.line.what')}
        </label>
        <textarea
          id={box}
          className="text"
          rows={3}
          maxLength={1000}
          value={draft.said}
          onChange={(event) => change({ said: event.target.value })}
        />
      </div>
      {draft.kind === 'none' ? <p className="small muted">{t('round.line.none_text')}</p> : null}
      <Refusals error={write.error} />
      <div className="row">
        <Button
          type="submit"
          look={row.line === null ? 'main' : 'plain'}
          busy={write.isPending}
          disabled={!draft.said.trim() || !differs}
        >
          {t('round.line.save')}
        </Button>
        <span className="small muted" role="status">
          {row.line && !differs
            ? t('round.line.saved', { at: instant(row.line.at) })
            : differs && draft.said
              ? t('round.line.kept')
              : ''}
        </span>
      </div>
    </form>
  );
}

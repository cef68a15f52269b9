// A policy document by file or by pasting: split first and shown with what is missing and what was
// mended, saved only after that was looked at.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '@/api/client';
import type { DocumentPreview } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Refusals } from '@/ui/states';
import { Hole, ClauseText, Repairs } from './clause_list';
import { linesOf } from './clauses';
import { documentPath } from './hooks';

type How = 'file' | 'paste';

function useImport() {
  const queries = useQueryClient();
  const [preview, setPreview] = useState<DocumentPreview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const clear = () => {
    setPreview(null);
    setError(null);
  };
  const send = async (name: string, bytes: Blob, fileName: string | undefined, dry: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const found = await post<DocumentPreview>('/documents', undefined, {
        query: { name, file_name: fileName, dry_run: dry || undefined },
        bytes,
      });
      if (dry) setPreview(found);
      else await queries.invalidateQueries();
      return true;
    } catch (wrong) {
      setError(wrong);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { preview, error, busy, clear, send };
}

export function ImportPanel(props: { name: string; close: () => void }) {
  const navigate = useNavigate();
  const [how, setHow] = useState<How>('file');
  const [name, setName] = useState(props.name);
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState('');
  const { preview, error, busy, clear, send } = useImport();
  const bytes = how === 'file' ? file : pasted.trim() ? new Blob([pasted]) : null;
  const run = async (dry: boolean) => {
    if (!bytes) return;
    const fileName = how === 'file' ? file?.name : undefined;
    const done = await send(name.trim(), bytes, fileName, dry);
    if (done && !dry) void navigate(documentPath(name.trim()));
  };
  const choose = (next: File | null) => {
    clear();
    setFile(next);
    if (next && !name) setName(next.name.replace(/\.[^.]+$/, ''));
  };
  return (
    <section className="card" style={{ marginBottom: 20 }} aria-labelledby="import-title">
      <header>
        <h2 id="import-title">{t('document.import.action')}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t('act.close')}
          onClick={props.close}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="body import">
        <div className="stack" style={{ gap: 14 }}>
          <HowTo how={how} choose={(next) => (setHow(next), clear())} />
          {how === 'file' ? (
            <label className="drop">
              <Icon name="upload" size={28} />
              <span style={{ display: 'block' }}>
                {file ? file.name : t('document.import.choose')}
              </span>
              <span className="muted small">{t('document.import.kinds')}</span>
              <input
                type="file"
                className="sr"
                accept=".txt,.docx,text/plain"
                onChange={(event) => choose(event.target.files?.[0] ?? null)}
              />
            </label>
          ) : (
            <div className="field">
              <label htmlFor="pasted">{t('document.import.pasted')}</label>
              <textarea
                id="pasted"
                className="text"
                rows={10}
                value={pasted}
                onChange={(event) => (setPasted(event.target.value), clear())}
              />
            </div>
          )}
          <div className="field">
            <label htmlFor="document-name">{t('document.import.name')}</label>
            <input
              id="document-name"
              className="text"
              maxLength={200}
              value={name}
              onChange={(event) => (setName(event.target.value), clear())}
            />
            <span className="hint">{t('document.import.name_hint')}</span>
          </div>
          <Refusals error={error} />
          <div className="row">
            <Button
              look={preview ? 'plain' : 'main'}
              disabled={!bytes || !name.trim()}
              busy={busy}
              onClick={() => void run(true)}
            >
              {t('document.import.look')}
            </Button>
            <Button
              look={preview ? 'main' : 'plain'}
              disabled={!bytes || !preview || preview.is_same}
              busy={busy}
              onClick={() => void run(false)}
            >
              {t('document.import.save')}
            </Button>
          </div>
        </div>
        {preview ? (
          <Preview of={preview} />
        ) : (
          <p className="import-empty muted">{t('document.import.nothing_yet')}</p>
        )}
      </div>
    </section>
  );
}

function HowTo({ how, choose }: { how: How; choose: (how: How) => void }) {
  return (
    <div className="row" role="group" aria-label={t('document.import.how')}>
      {(['file', 'paste'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className="chip"
          aria-pressed={how === one}
          onClick={() => choose(one)}
        >
          {t(`document.import.${one}`)}
        </button>
      ))}
    </div>
  );
}

const count = (preview: DocumentPreview, kind: string) =>
  preview.changes.filter((one) => one.kind === kind).length;

function Preview({ of }: { of: DocumentPreview }) {
  const lines = linesOf(of.clauses, of.repairs, []);
  const holes = lines.reduce((sum, line) => sum + line.holes.length, of.document.holes.length);
  return (
    <div className="import-preview" role="status">
      <h3>{of.document.title || t('document.untitled')}</h3>
      <p>
        {t('document.import.found', {
          clauses: lines.length,
          holes,
          repairs: of.repairs.length,
        })}
      </p>
      {of.version === null ? null : (
        <div className={`notice ${of.is_same ? 'warn' : ''}`}>
          {of.is_same
            ? t('document.import.same', { version: of.version })
            : t('document.import.next', {
                version: of.version,
                changed: count(of, 'changed'),
                added: count(of, 'added'),
                superseded: count(of, 'superseded'),
              })}
          <Filled of={of} />
        </div>
      )}
      <ol className="clauses" aria-label={t('document.part.text')} tabIndex={0}>
        {lines.map((line) => (
          <li key={line.id} className={`clause d${Math.min(line.depth, 3)}`}>
            <div className="clause-press">
              <span className="clause-at num muted small">{line.path}</span>
              <span className="clause-text">
                <ClauseText line={line} />
              </span>
            </div>
            {line.repairs.length > 0 ? <Repairs of={line.repairs} /> : null}
          </li>
        ))}
      </ol>
      {of.document.holes.length > 0 ? (
        <p className="row small">
          {t('document.holes_outside')}
          {of.document.holes.map((one) => (
            <Hole key={one.raw.join()} kind={one.kind} shown="" />
          ))}
        </p>
      ) : null}
    </div>
  );
}

function Filled({ of }: { of: DocumentPreview }) {
  if (of.filled.length === 0) return null;
  return (
    <ul className="small">
      {of.filled.map((one) => (
        <li key={`${one.clause} ${one.kind} ${one.text}`}>
          {t('document.import.filled', {
            clause: one.clause || t('document.outside'),
            what: wordOf('hole', one.kind),
            text: one.text,
          })}
          {one.dependants.length > 0
            ? ` ${t('document.import.dependants', { what: one.dependants.join(comma()) })}`
            : ''}
        </li>
      ))}
    </ul>
  );
}

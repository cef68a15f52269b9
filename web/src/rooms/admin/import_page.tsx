// A sheet of units or of members: always looked at first, then taken as a whole or not at all.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, post, Refused } from '@/api/client';
import type { ImportReport } from '@/api/types';
import { useSession } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { saveFile } from '@/ui/sheet';
import { Refusals } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import './admin.css';

type What = 'units' | 'people';
const columns: Record<What, string[]> = {
  units: [
    'code',
    'name',
    'type',
    'level',
    'rank',
    'parent',
    'place',
    'official_order',
    'from',
    'go_live',
    'tags',
  ],
  people: ['person_name', 'branch', 'kind', 'joined', 'floating', 'key'],
};
const required = ['code', 'name', 'type', 'person_name', 'branch'];
const headOf = (name: string) => t(`admin.import.head.${name}`);

// The head alone, as the import reads it; the mark is for Excel, which takes it for UTF-8 then.
const saveTemplate = (what: What) =>
  saveFile(
    `${t(`admin.import.${what}`)}.csv`,
    new Blob([`\ufeff${columns[what].map(headOf).join(',')}\r\n`], { type: 'text/csv' }),
  );

export function Component() {
  const { unit } = useSession();
  const queries = useQueryClient();
  const [what, setWhat] = useState<What>('units');
  const [file, setFile] = useState<File | null>(null);
  const [system, setSystem] = useState('');
  const [report, setReport] = useState<{ dry: boolean; report: ImportReport } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (dry: boolean) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      const done = await post<ImportReport>(`/imports/${what}`, undefined, {
        query: { below: unit?.id, name: file.name, code_system: system, dry_run: dry || undefined },
        bytes: file,
        key: newKey(),
      });
      setReport({ dry, report: done });
      if (!dry) void queries.invalidateQueries();
    } catch (wrong) {
      setReport(null);
      setError(wrong);
    }
    setBusy(false);
  };
  const choose = (next: File | null) => {
    setFile(next);
    setReport(null);
    setError(null);
  };
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('admin.import.action')}</h1>
          <p>{t('admin.import.below', { unit: unit?.name ?? '' })}</p>
        </div>
      </div>
      <div className="card pad stack" style={{ gap: 16 }}>
        <div className="row" role="group" aria-label={t('admin.import.what')}>
          {(['units', 'people'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={what === one}
              onClick={() => {
                setWhat(one);
                choose(null);
              }}
            >
              {t(`admin.import.${one}`)}
            </button>
          ))}
        </div>
        <div className="row between" style={{ alignItems: 'flex-start' }}>
          <p className="muted">{t('admin.import.columns')}</p>
          <Button icon="download" onClick={() => saveTemplate(what)}>
            {t('admin.import.template')}
          </Button>
        </div>
        <ul className="import-columns small">
          {columns[what].map((name) => (
            <li key={name}>
              <strong>{headOf(name)}</strong>
              {required.includes(name) ? <span className="must">*</span> : null}{' '}
              <span className="muted">{t(`admin.import.column.${name}`)}</span>
            </li>
          ))}
        </ul>
        <label className="drop">
          <Icon name="upload" size={28} />
          <p>{file ? file.name : t('admin.import.choose')}</p>
          <input
            type="file"
            className="sr"
            accept=".csv,.xlsx"
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
        </label>
        <div className="field" style={{ maxWidth: 320 }}>
          <label htmlFor="system">{t('admin.import.system')}</label>
          <input
            id="system"
            className="text"
            value={system}
            onChange={(event) => setSystem(event.target.value)}
          />
          <span className="hint">{t('admin.import.system_hint')}</span>
        </div>
        {error instanceof Refused ? <Faults error={error} /> : <Refusals error={error} />}
        {report ? <Report {...report} /> : null}
        <div className="row">
          <Button disabled={!file} busy={busy} onClick={() => void run(true)}>
            {t('admin.import.dry')}
          </Button>
          <Button
            look="main"
            disabled={!file || !report?.dry}
            busy={busy}
            onClick={() => void run(false)}
          >
            {t('admin.import.run')}
          </Button>
          <span className="muted small">{t('admin.import.all_or_nothing')}</span>
        </div>
      </div>
    </div>
  );
}

function Report({ dry, report }: { dry: boolean; report: ImportReport }) {
  const figures = Object.entries(report).filter(([, value]) => typeof value === 'number');
  return (
    <div className="notice met" role="status">
      <strong>{t(dry ? 'admin.import.would' : 'admin.import.done')}</strong>
      <dl className="facts num">
        {figures.map(([name, value]) => [
          <dt key={`${name} name`}>{wordOf('admin.import.figure', name)}</dt>,
          <dd key={name}>{String(value)}</dd>,
        ])}
      </dl>
    </div>
  );
}

function Faults({ error }: { error: Refused }) {
  return (
    <Wrap label={t('admin.import.wrong')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('admin.import.where')}</th>
            <th>{t('admin.import.wrong')}</th>
          </tr>
        </thead>
        <tbody>
          {error.problem.refusals.map((one) => (
            <tr key={one.where + one.message}>
              <td className="num">{one.where}</td>
              <td>{one.message}</td>
            </tr>
          ))}
          {error.problem.refusals.length === 0 ? (
            <tr>
              <td />
              <td>{error.message}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </Wrap>
  );
}

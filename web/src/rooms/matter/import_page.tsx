// A department's own ledger taken in: a file is chosen, its columns are held against the fields of
// the type, everything is looked at first, and it is taken as a whole or not at all.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { newKey, post } from '@/api/client';
import type { LedgerColumns, LedgerImported, MatterType } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { FieldBox } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button, ButtonLink } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { saveFile, workbookBytes } from '@/ui/sheet';
import { Empty, Loaded } from '@/ui/states';
import { Columns } from './import_columns';
import { Faults, Outcome } from './import_outcome';
import './matter.css';
import { templateSheets } from './template';
import { useMatterTypes } from './types';

export function Component() {
  const types = useMatterTypes();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState(search.get('type'));
  const may = useMay('matter_open');
  if (!may) return <Navigate to="/matters" replace />;
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('matter.import.title')}</h1>
          <p>{t('matter.import.text')}</p>
        </div>
        <ButtonLink to="/matters">{t('act.back')}</ButtonLink>
      </div>
      <Loaded of={types} lines={8}>
        {({ items }) => {
          const type = items.find((one) => one.name === chosen) ?? items[0];
          if (!type) return <Empty name="matter_types" icon="ledger" />;
          return (
            <div className="stack">
              {items.length > 1 ? (
                <div className="row" role="group" aria-label={t('matter.type')}>
                  {items.map((one) => (
                    <button
                      key={one.name}
                      type="button"
                      className="chip"
                      aria-pressed={one.name === type.name}
                      onClick={() => setChosen(one.name)}
                    >
                      {one.title}
                    </button>
                  ))}
                </div>
              ) : null}
              <Import key={type.name} type={type} />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

// What is sent with the file, the same for looking and for taking.
export type Upload = {
  file: File;
  unit: string;
  type: string;
  columns: LedgerColumns;
};

const queryOf = (upload: Upload) => ({
  unit: upload.unit,
  type: upload.type,
  name: upload.file.name,
  head: upload.columns.head,
  map: upload.columns.columns.map((one) => `${one.heading}=${one.target ?? '-'}`),
});

function useImport(type: MatterType) {
  const { unit } = useSession();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const [at, setAt] = useState(search.get('unit') ?? unit?.id ?? '');
  const [upload, setUpload] = useState<Upload | null>(null);
  const [outcome, setOutcome] = useState<LedgerImported | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    setOutcome(null);
    try {
      await work();
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  const look = (file: File, unitAt: string, head?: number) =>
    doing(async () => {
      setUpload(null);
      const columns = await post<LedgerColumns>('/imports/matters/columns', undefined, {
        query: { unit: unitAt, type: type.name, name: file.name, head },
        bytes: file,
        key: newKey(),
      });
      setUpload({ file, unit: unitAt, type: type.name, columns });
    });
  const run = (dry: boolean) =>
    doing(async () => {
      if (!upload) return;
      const done = await post<LedgerImported>('/imports/matters', undefined, {
        query: { ...queryOf(upload), dry_run: dry || undefined },
        bytes: upload.file,
        key: newKey(),
      });
      setOutcome(done);
      if (!dry) void queries.invalidateQueries();
    });
  return {
    at,
    setAt: (next: string) => {
      setAt(next);
      if (upload && next) void look(upload.file, next);
    },
    upload,
    setColumns: (columns: LedgerColumns) => {
      if (upload) setUpload({ ...upload, columns });
      setOutcome(null);
      setError(null);
    },
    outcome,
    error,
    busy,
    look,
    run,
  };
}

function Import({ type }: { type: MatterType }) {
  const it = useImport(type);
  const { upload, outcome } = it;
  const done = outcome !== null && !outcome.dry_run;
  const result = useRef<HTMLDivElement>(null);
  // What came of it stands below the columns, out of sight.
  useEffect(() => {
    if (outcome || it.error) result.current?.scrollIntoView({ block: 'center' });
  }, [outcome, it.error]);
  return (
    <section className="card">
      <div className="body stack" style={{ gap: 16 }}>
        <FieldBox id="import-unit" title={t('matter.import.ledger_of')} required>
          <UnitSelect
            id="import-unit"
            value={it.at ? [it.at] : []}
            change={(units) => it.setAt(units[0] ?? '')}
          />
        </FieldBox>
        <div className="row between">
          <p className="muted import-how">{t('matter.import.how')}</p>
          <Button
            icon="download"
            onClick={() => {
              void workbookBytes(templateSheets(type)).then((bytes) =>
                saveFile(`${t('matter.template.name', { type: type.title })}.xlsx`, bytes),
              );
            }}
          >
            {t('matter.template.action')}
          </Button>
        </div>
        <label className="drop">
          <Icon name="upload" size={28} />
          <p>{upload?.file.name ?? t('matter.import.choose')}</p>
          <input
            type="file"
            className="sr"
            accept=".csv,.xlsx"
            disabled={!it.at}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void it.look(file, it.at);
            }}
          />
        </label>
        {upload && !done ? (
          <Columns
            type={type}
            of={upload.columns}
            set={it.setColumns}
            head={(line) => void it.look(upload.file, it.at, line)}
          />
        ) : null}
        <div ref={result} className="import-result">
          <Faults error={it.error} upload={upload} />
          {outcome ? <Outcome of={outcome} type={type} unit={it.at} /> : null}
        </div>
      </div>
      {done ? null : (
        <div className="send">
          <Button disabled={!upload} busy={it.busy} onClick={() => void it.run(true)}>
            {t('matter.import.dry')}
          </Button>
          <Button
            look="main"
            disabled={!upload || !outcome?.dry_run || outcome.created + outcome.changed === 0}
            busy={it.busy}
            onClick={() => void it.run(false)}
          >
            {t('matter.import.run')}
          </Button>
          <span className="muted small">{t('matter.import.all_or_nothing')}</span>
        </div>
      )}
    </section>
  );
}

// Policy: the documents that are known here, the values that somebody has to decide, the packs.
import { useSearchParams } from 'react-router';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { ExportButton } from '@/ui/data_table';
import { Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { documentColumns, Documents } from './documents';
import { useAssumed, useDocuments } from './hooks';
import { ImportPanel } from './import_panel';
import { Packs, PacksExport } from './packs';
import './policy.css';
import { assumedColumns, Values } from './values_part';

const parts = ['documents', 'values', 'packs'] as const;

export function Component() {
  const [search, setSearch] = useSearchParams();
  const part = parts.find((one) => one === search.get('part')) ?? 'documents';
  const documents = useDocuments();
  const assumed = useAssumed();
  const mayImport = useMay('pack_propose');
  const importing = mayImport ? search.get('import') : null;
  const counts = {
    documents: documents.data?.items.length,
    values: assumed.data?.items.length,
    packs: undefined,
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('policy.title')}</h1>
          <p>{t('policy.text')}</p>
        </div>
        <div className="row">
          {part === 'documents' ? (
            <ExportButton
              name={t('policy.part.documents')}
              columns={documentColumns()}
              rows={documents.data?.items}
              asOf={documents.data?.as_of}
            />
          ) : part === 'values' ? (
            <ExportButton
              name={t('policy.part.values')}
              columns={assumedColumns()}
              rows={assumed.data?.items}
              asOf={assumed.data?.as_of}
            />
          ) : (
            <PacksExport />
          )}
          {mayImport ? (
            <ButtonLink to="/policy/simulation">{t('simulation.action')}</ButtonLink>
          ) : null}
          {mayImport && importing === null ? (
            <Button look="main" icon="upload" onClick={() => setSearch({ import: '' })}>
              {t('document.import.action')}
            </Button>
          ) : null}
        </div>
      </div>
      {importing !== null ? (
        <ImportPanel key={importing} name={importing} close={() => setSearch({})} />
      ) : null}
      <Tabs
        names={parts}
        shown={part}
        onShow={(one) => setSearch(one === 'documents' ? {} : { part: one }, { replace: true })}
      >
        {(one) => (
          <>
            {t(`policy.part.${one}`)} <span className="muted num">{counts[one] ?? ''}</span>
          </>
        )}
      </Tabs>
      {part === 'packs' ? (
        <Packs />
      ) : part === 'values' ? (
        <Values assumed={assumed} />
      ) : (
        <Loaded of={documents}>{(list) => <Documents list={list} />}</Loaded>
      )}
    </div>
  );
}

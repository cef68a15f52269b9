// The policy documents that are known here: imported ones, and those that packs only name.
import { Link } from 'react-router';
import type { CoverageList, CoverageSummary } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, instant } from '@/i18n/format';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Empty } from '@/ui/states';
import { CoverageBar } from './coverage_bar';
import { documentTitle } from './document_title';
import { documentPath } from './hooks';

const packsOf = (one: CoverageSummary) => one.packs.map((pack) => pack.title).join(comma());
const textOf = (one: CoverageSummary) =>
  one.imported_at
    ? t('document.imported', { version: one.version, at: instant(one.imported_at) })
    : t('document.no_text');

export const documentColumns = (): TableColumn<CoverageSummary>[] => [
  {
    head: t('policy.document'),
    cell: (one) => (
      <span>
        <Link to={documentPath(one.name)}>{documentTitle(one)}</Link>
        {documentTitle(one) !== one.name ? (
          <span className="small muted" style={{ display: 'block' }}>
            {one.name}
          </span>
        ) : null}
      </span>
    ),
    value: documentTitle,
  },
  {
    head: t('document.text'),
    cell: (one) => (
      <span className={one.document ? 'num' : 'muted'}>
        {textOf(one)}
        {one.same_copy === false ? (
          <span style={{ display: 'block' }}>
            <span className="tag warn">{t('document.other_copy')}</span>
          </span>
        ) : null}
      </span>
    ),
    value: textOf,
  },
  {
    head: t('document.packs'),
    cell: (one) =>
      one.packs.length > 0 ? (
        packsOf(one)
      ) : (
        <span className="muted">{t('coverage.cited_by_none')}</span>
      ),
    value: packsOf,
  },
  {
    head: t('document.coverage'),
    cell: (one) => (one.counts.clauses > 0 ? <CoverageBar counts={one.counts} /> : null),
    value: (one) => `${one.counts.declared}/${one.counts.clauses}`,
  },
];

// Those whose text is here come first, the others by name.
const inOrder = (items: CoverageSummary[]) => [
  ...items.filter((one) => one.document),
  ...items.filter((one) => !one.document).sort((a, b) => a.name.localeCompare(b.name)),
];

export function Documents({ list }: { list: CoverageList }) {
  if (list.items.length === 0) return <Empty name="documents" icon="policy" />;
  return (
    <DataTable
      label={t('policy.part.documents')}
      columns={documentColumns()}
      rows={inOrder(list.items)}
      keyOf={(one) => one.name}
    />
  );
}

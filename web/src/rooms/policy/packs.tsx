// The packs that this installation knows, and which of them are in force.
import { Link } from 'react-router';
import type { Pack, PackList } from '@/api/types';
import { useGet } from '@/api/hooks';
import { t, wordOf } from '@/i18n/i18n';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Empty, Loaded } from '@/ui/states';

// Words alone are never in force: others use them.
const wordsAlone = 'core';
const inForce = (pack: Pack) =>
  pack.active
    ? t('policy.since', { day: pack.active.from })
    : t(pack.id === wordsAlone ? 'policy.words_alone' : 'policy.not_active');

const columns = (): TableColumn<Pack>[] => [
  {
    head: t('policy.pack'),
    cell: (pack) => (
      <span>
        <Link to={`/policy/${pack.id}`}>{pack.title}</Link>{' '}
        <code className="muted small">{pack.id}</code>
        {pack.to_review > 0 ? (
          <span className="chip">{t('extends.to_review', { n: pack.to_review })}</span>
        ) : null}
      </span>
    ),
    value: (pack) => pack.title,
  },
  { head: t('policy.version'), num: true, cell: (pack) => pack.version, value: (p) => p.version },
  {
    head: t('policy.status'),
    cell: (pack) => wordOf('pack_status', pack.status),
    value: (pack) => wordOf('pack_status', pack.status),
  },
  {
    head: t('policy.in_force'),
    num: true,
    cell: (pack) => (pack.active ? inForce(pack) : <span className="muted">{inForce(pack)}</span>),
    value: inForce,
  },
];

export function PacksExport() {
  const packs = useGet<PackList>('/packs');
  return (
    <ExportButton
      name={t('policy.part.packs')}
      columns={columns()}
      rows={packs.data?.items}
      asOf={packs.data?.as_of}
    />
  );
}

export function Packs() {
  const packs = useGet<PackList>('/packs');
  return (
    <Loaded of={packs}>
      {(list) =>
        list.items.length === 0 ? (
          <Empty name="packs" icon="policy" />
        ) : (
          <DataTable
            label={t('policy.part.packs')}
            columns={columns()}
            rows={list.items}
            keyOf={(pack) => `${pack.id} ${pack.version}`}
          />
        )
      }
    </Loaded>
  );
}

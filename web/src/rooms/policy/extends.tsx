// What a pack takes from others, and what later versions of these say differently: nothing changes
// before somebody has looked and written a version that names the later one.
import type { PackDetails } from '@/api/types';
import { t } from '@/i18n/i18n';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { ReviewOf } from './review_form';

type Review = PackDetails['reviews'][number];

const columns = (): TableColumn<Review>[] => [
  {
    head: t('extends.path'),
    cell: (one) => <code>{one.path}</code>,
    value: (one) => one.path,
  },
  {
    head: t('extends.was'),
    cell: (one) => one.was ?? t('extends.absent'),
    value: (one) => one.was ?? t('extends.absent'),
  },
  {
    head: t('extends.is'),
    cell: (one) => one.is ?? t('extends.absent'),
    value: (one) => one.is ?? t('extends.absent'),
  },
  {
    head: t('extends.answered'),
    cell: (one) => t(`extends.answered.${one.answered}`),
    value: (one) => t(`extends.answered.${one.answered}`),
  },
];

export function Extends({ pack }: { pack: PackDetails }) {
  if (pack.extends.length === 0) return null;
  const later = new Map(pack.reviews.map((one) => [one.pack, one]));
  return (
    <section className="card" style={{ marginBottom: 16 }}>
      <header>
        <h2>{t('extends.title')}</h2>
      </header>
      <div className="body stack">
        {pack.extends.map((one) => (
          <p key={one.pack}>{one.sentence}</p>
        ))}
        {[...later.values()].map((one) => (
          <div key={one.pack}>
            <p role="status">
              <strong>{t('extends.later', { taken: one.taken, version: one.version })}</strong>
            </p>
            <ReviewOf pack={pack} parent={one.pack} version={one.version} />
          </div>
        ))}
      </div>
      {pack.reviews.length > 0 ? (
        <DataTable
          label={t('extends.reviews')}
          columns={columns()}
          rows={pack.reviews}
          keyOf={(one) => `${one.pack} ${one.path}`}
        />
      ) : null}
    </section>
  );
}

// How a policy document is headed.
import type { CoverageSummary } from '@/api/types';
import { comma } from '@/i18n/format';
import { t } from '@/i18n/i18n';

type Named = Pick<CoverageSummary, 'name' | 'title' | 'packs'>;

// Before its text is there, nobody knows its title: told by the packs that it is the source of.
export function documentTitle({ name, title, packs }: Named): string {
  if (title) return title;
  const [first, ...more] = packs.map((pack) => pack.title);
  if (!first) return name;
  if (more.length > 1) return t('document.source_of_many', { pack: first, count: packs.length });
  return t('document.source_of', { packs: [first, ...more].join(comma()) });
}

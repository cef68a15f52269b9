// A unit by its name; where the name is not open to this account, by what may be shown.
import { Link } from 'react-router';
import { useUnit } from '@/api/hooks';
import { t } from '@/i18n/i18n';

// A unit that members stand in; a general branch is one above such units.
export const isBranch = (unit: { type: string }) =>
  unit.type.endsWith('branch') && unit.type !== 'general_branch';

type Named = { id: string | null; name: string | null; within?: string | null };

// Names are null where they are not open; then it is said below what, where that is known.
export function nameOf({ id, name, within }: Named): string {
  if (name) return name;
  if (!id) return t('unit.unnamed');
  return within ? t('unit.within', { within }) : t('unit.closed_name', { id });
}

export function UnitName({ id, link = true }: { id: string; link?: boolean }) {
  const unit = useUnit(id);
  const name = unit.data?.name ?? (unit.isFetching ? '…' : t('unit.closed_name', { id }));
  return link ? <Link to={`/units/${id}`}>{name}</Link> : <span>{name}</span>;
}

// A unit by its name; where the name is not open to this account, by what may be shown.
import { Link } from 'react-router';
import { useUnit } from '@/api/hooks';
import { t } from '@/i18n/i18n';

// A unit that members stand in; a general branch is one above such units.
export const isBranch = (unit: { type: string }) =>
  unit.type.endsWith('branch') && unit.type !== 'general_branch';

// Names are null where they are not open.
export const nameOf = (unit: { id: string | null; name: string | null }) =>
  unit.name ?? (unit.id ? t('unit.closed_name', { id: unit.id }) : t('unit.unnamed'));

export function UnitName({ id, link = true }: { id: string; link?: boolean }) {
  const unit = useUnit(id);
  const name = unit.data?.name ?? (unit.isFetching ? '…' : t('unit.closed_name', { id }));
  return link ? <Link to={`/units/${id}`}>{name}</Link> : <span>{name}</span>;
}

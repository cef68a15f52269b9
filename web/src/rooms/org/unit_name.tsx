// A unit by its name; where the name is not open to this account, by what may be shown.
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '@/api/client';
import { useUnit } from '@/api/hooks';
import type { UnitWithPaths } from '@/api/types';
import { t } from '@/i18n/i18n';

export const isBranch = (unit: { type: string }) => unit.type.endsWith('branch');

export function UnitName({ id, link = true }: { id: string; link?: boolean }) {
  const unit = useUnit(id);
  const name = unit.data?.name ?? (unit.isFetching ? '…' : t('unit.closed_name', { id }));
  return link ? <Link to={`/units/${id}`}>{name}</Link> : <span>{name}</span>;
}

export function useUnitNames(ids: string[]): (id: string) => string {
  const distinct = [...new Set(ids)];
  const found = useQueries({
    queries: distinct.map((id) => ({
      queryKey: [`/units/${id}`, {}],
      queryFn: () => get<UnitWithPaths>(`/units/${id}`),
      staleTime: 300_000,
      retry: false,
    })),
  });
  const names = new Map(distinct.map((id, i) => [id, found[i]?.data?.name]));
  return (id) => names.get(id) ?? id;
}

// Reading what is owed. A server without packs in force has nothing to say here.
import { useGet, useKept } from '@/api/hooks';
import type { Listed, Obligation, Todo } from '@/api/contract';
import { namePeriod } from '@/i18n/format';
import { useMay } from '@/app/session';

export const useObligations = () => useGet<Listed<Obligation>>('/obligations', {}, true, 600_000);

export function useHasStanding(): boolean {
  const obligations = useObligations();
  return (obligations.data?.items.length ?? 0) > 0;
}

type Campaign = { id: string; title: string; batches: { id: string; title: string }[] };

// Their titles, for every place that names a period.
export function useCampaigns() {
  const able = useHasStanding();
  const campaigns = useGet<Listed<Campaign>>('/campaigns', {}, able, 300_000);
  for (const campaign of campaigns.data?.items ?? []) {
    namePeriod(`campaign:${campaign.id}`, campaign.title);
    for (const batch of campaign.batches) namePeriod(`batch:${batch.id}`, batch.title);
  }
}

export function useTodo(unit?: string) {
  const able = useHasStanding();
  const may = useMay('record_enter');
  return useKept<Listed<Todo>>('/todo', { unit }, able && may);
}

export function useObligation(address: string): Obligation | undefined {
  return useObligations().data?.items.find((one) => one.address === address);
}

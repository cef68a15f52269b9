// Reading what is owed. A server without packs in force has nothing to say here.
import { useQueries } from '@tanstack/react-query';
import { get } from '@/api/client';
import { useGet, useKept } from '@/api/hooks';
import type { CampaignList, Obligation, ObligationList, PackDetails, ToDoList } from '@/api/types';
import { namePeriod } from '@/i18n/format';
import { useMay } from '@/app/session';

export function useObligations() {
  const may = useMay('pack_read');
  return useGet<ObligationList>('/obligations', {}, may, 600_000);
}

// Places have the same figures as units, in the tree of seats.
export const isPlace = (node: string) => node.startsWith('d');
export const nodePath = (node: string) => (isPlace(node) ? `/places/${node}` : `/units/${node}`);

export function useHasStanding(): boolean {
  const obligations = useObligations();
  return (obligations.data?.items.length ?? 0) > 0;
}

// Their titles, for every place that names a period; whether they are there (or will not be).
export function useCampaigns(): boolean {
  const may = useMay('unit_read');
  const campaigns = useGet<CampaignList>('/campaigns', {}, may, 300_000);
  for (const campaign of campaigns.data?.items ?? []) {
    if (campaign.title) namePeriod(`campaign:${campaign.id}`, campaign.title);
    for (const batch of campaign.batches) {
      if (batch.title) namePeriod(`batch:${campaign.id}/${batch.id}`, batch.title);
    }
  }
  return !campaigns.isLoading;
}

export function useTodo(unit?: string) {
  const able = useHasStanding();
  const may = useMay('record_enter');
  return useKept<ToDoList>('/todo', { unit }, able && may);
}

export function useObligation(address: string): Obligation | undefined {
  return useObligations().data?.items.find((one) => one.address === address);
}

// What a group of columns is called: its bundle, or else its pack.
export function useGroupTitles(packs: string[]): (group: string) => string {
  const found = useQueries({
    queries: [...new Set(packs)].map((pack) => ({
      queryKey: [`/packs/${pack}`, {}],
      queryFn: () => get<PackDetails>(`/packs/${pack}`),
      staleTime: 600_000,
      retry: false,
    })),
  });
  const titles = new Map<string, string>();
  for (const { data } of found) {
    if (!data) continue;
    titles.set(data.id, data.title);
    for (const bundle of data.bundles) titles.set(bundle.address, bundle.title);
  }
  return (group) => titles.get(group) ?? group;
}

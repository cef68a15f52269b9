// What the pages of rounds read.
import { useQuery } from '@tanstack/react-query';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import type { RoundRowList, RoundWhole } from '@/api/types';

export const useRound = (id: string) => useGet<RoundWhole>(`/rounds/${id}`);

export type Only = 'all' | 'asks' | 'unanswered' | 'late' | 'silent' | 'worth' | 'changed';
export const useRoundRows = (id: string, only: Only, enabled = true) =>
  useGet<RoundRowList>(`/rounds/${id}/rows`, { only, limit: 500 }, enabled);

// All of them, however many: figures are counted from these rows.
async function everyRow(id: string): Promise<RoundRowList> {
  const path = `/rounds/${id}/rows`;
  const all = await get<RoundRowList>(path, { only: 'all', limit: 500 });
  for (let cursor = all.next_cursor; cursor;) {
    const page = await get<RoundRowList>(path, { only: 'all', limit: 500, cursor });
    all.items.push(...page.items);
    cursor = page.next_cursor;
  }
  return { ...all, next_cursor: null };
}
export const useEveryRow = (id: string) =>
  useQuery({ queryKey: [`/rounds/${id}/rows`, 'every'], queryFn: () => everyRow(id) });

// What the pages of rounds read.
import { useGet } from '@/api/hooks';
import type { RoundRowList, RoundWhole } from '@/api/types';

export const useRound = (id: string) => useGet<RoundWhole>(`/rounds/${id}`);

export type Only = 'all' | 'asks' | 'unanswered' | 'late' | 'silent' | 'worth' | 'changed';
export const useRoundRows = (id: string, only: Only, enabled = true) =>
  useGet<RoundRowList>(`/rounds/${id}/rows`, { only, limit: 500 }, enabled);

// Reading with a cache, and writing that makes every cached answer stale: what one entry changes
// shows everywhere without a reload.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get, post, type Query } from './client';
import { Refused } from './client';
import type { Me, UnitWithPaths } from './types';

export function useGet<T>(path: string, query: Query = {}, enabled = true, staleTime = 20_000) {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => get<T>(path, query, { signal }),
    enabled,
    staleTime,
  });
}

// The same, showing the answer before while the next one is on its way.
export function useKept<T>(path: string, query: Query = {}, enabled = true, every?: number) {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => get<T>(path, query, { signal }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: every ?? false,
  });
}

// What somebody types, once he has stopped for so long.
export function useSettled<T>(value: T, ms: number): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

// A list that is read page by page, as many as are asked for.
export function usePages<Page extends { next_cursor: string | null }>(
  path: string,
  query: Query = {},
  {
    limit = 50,
    keep = false,
    ...options
  }: {
    limit?: number;
    keep?: boolean;
    enabled?: boolean;
    staleTime?: number;
    refetchInterval?: number;
  } = {},
) {
  return useInfiniteQuery({
    queryKey: [path, 'pages', { ...query, limit }],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(path, { ...query, limit, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...options,
  });
}

export function usePost<T, B = unknown>(path: string | ((body: B) => string)) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: B; key?: string }) =>
      post<T>(typeof path === 'string' ? path : path(body), body, key ? { key } : {}),
    // Not waited for: what called must hear of its success before its page is drawn anew.
    onSuccess: () => void queries.invalidateQueries(),
  });
}

// One unit of several, each asked for once.
export const unitQuery = (id: string) => ({
  queryKey: [`/units/${id}`, {}],
  queryFn: () => get<UnitWithPaths>(`/units/${id}`),
  staleTime: 300_000,
  retry: false,
});

// The name of a unit as far as it is open; its id where it is not.
export function useUnit(id: string | undefined) {
  const me = useQueryClient().getQueryData<Me>(['/me']);
  const sees = me?.permissions.includes('unit_read') ?? false;
  return useQuery({
    queryKey: [`/units/${id}`, {}],
    queryFn: ({ signal }) => get<UnitWithPaths>(`/units/${id}`, {}, { signal }),
    enabled: id !== undefined && sees,
    staleTime: 300_000,
    retry: (count, error) => !(error instanceof Refused) && count < 2,
  });
}

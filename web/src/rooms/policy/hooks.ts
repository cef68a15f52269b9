// What the pages of policy read.
import type {
  AssumedValueList,
  Coverage,
  CoverageList,
  DocumentClauses,
  PackDetails,
  ParameterValueList,
  Standing,
} from '@/api/types';
import { useQueries } from '@tanstack/react-query';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import { useMay, useSession } from '@/app/session';

export const useDocuments = () => useGet<CoverageList>('/coverage');

export const useCoverage = (name: string) =>
  useGet<Coverage>('/coverage/clauses', { document: name });

export const useText = (document: string | null | undefined) =>
  useGet<DocumentClauses>(`/documents/${document}/clauses`, {}, Boolean(document), 300_000);

export const useAssumed = () => useGet<AssumedValueList>('/assumed-values');

export const useValues = (state: 'proposed' | 'in_force') =>
  useGet<ParameterValueList>('/parameter-values', { state, limit: 500 });

// How the unit that the page speaks for stands in these duties today.
export function useStandingOf(duties: string[]) {
  const { unit } = useSession();
  const may = useMay('standing_read');
  return useGet<Standing>(
    `/units/${unit?.id}/standing`,
    { obligation: [...new Set(duties)].sort() },
    may && unit !== undefined && duties.length > 0,
  );
}

export function useParameters(packs: string[]) {
  const found = useQueries({
    queries: [...new Set(packs)].map((pack) => ({
      queryKey: [`/packs/${pack}`, {}],
      queryFn: () => get<PackDetails>(`/packs/${pack}`),
      staleTime: 600_000,
      retry: false,
    })),
  });
  return found.flatMap(({ data }) => data?.parameters ?? []);
}

export const documentPath = (name: string) => `/policy/documents/${encodeURIComponent(name)}`;

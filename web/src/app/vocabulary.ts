// The words of the installation: unit types, levels, kinds of posts and members.
import { useGet } from '@/api/hooks';
import type { Vocabulary } from '@/api/types';

export const useVocabulary = () => useGet<Vocabulary>('/vocabulary', {}, true, 3_600_000);

export function useUnitType(): (code: string) => string {
  const words = useVocabulary();
  return (code) => words.data?.unit_types.find((type) => type.code === code)?.title ?? '';
}

export const titleIn = (terms: { code: string; title: string }[] | undefined, code: string) =>
  terms?.find((term) => term.code === code)?.title ?? code;

import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';

// The card that a link to this page asks for by `?do=`: it is shown, and its first button focused.
export function useWanted(what: string) {
  const wanted = useSearchParams()[0].get('do') === what;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!wanted) return;
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.querySelector('button')?.focus();
  }, [wanted]);
  return card;
}

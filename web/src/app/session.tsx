// Who is signed in and for which unit the page speaks.
import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { get } from '@/api/client';
import type { Me, Unit, UnitList } from '@/api/types';

export type Session = {
  me: Me;
  units: Unit[]; // where the grants stand
  unit: Unit | undefined; // the one chosen in the switcher
  chooseUnit: (id: string) => void;
};

const Context = createContext<Session | null>(null);
export const SessionProvider = Context.Provider;

export function useSession(): Session {
  const session = use(Context);
  if (!session) throw new Error('outside of the frame');
  return session;
}

export const useMay = (permission: string | undefined): boolean => {
  const { me } = useSession();
  return permission === undefined || me.permissions.includes(permission);
};

export const useMe = () =>
  useQuery({ queryKey: ['/me'], queryFn: () => get<Me>('/me'), staleTime: 60_000 });

export const useOwnUnits = (enabled: boolean) =>
  useQuery({
    queryKey: ['/units'],
    queryFn: () => get<UnitList>('/units', { limit: 500 }),
    enabled,
    staleTime: 60_000,
  });

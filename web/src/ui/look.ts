// Theme and type size, remembered on the device.
import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Size = 'normal' | 'large';

const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export const theme = (): Theme => (localStorage.getItem('huilu.theme') as Theme | null) ?? 'light';
export const size = (): Size => (localStorage.getItem('huilu.size') as Size | null) ?? 'normal';
export const isDark = (): boolean => theme() === 'dark' || (theme() === 'system' && dark.matches);

export function applyLook() {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  document.documentElement.dataset.size = size();
}

function keep(name: string, value: string) {
  localStorage.setItem(name, value);
  applyLook();
  for (const listener of listeners) listener();
}
export const keepTheme = (next: Theme) => keep('huilu.theme', next);
export const keepSize = (next: Size) => keep('huilu.size', next);

dark.addEventListener('change', () => {
  applyLook();
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function useLook() {
  const text = useSyncExternalStore(subscribe, () => `${theme()} ${size()} ${isDark()}`);
  const [kept, wanted, drawn] = text.split(' ');
  return { theme: kept as Theme, size: wanted as Size, dark: drawn === 'true' };
}

const phone = matchMedia('(max-width: 760px)');
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      phone.addEventListener('change', listener);
      return () => phone.removeEventListener('change', listener);
    },
    () => phone.matches,
  );
}

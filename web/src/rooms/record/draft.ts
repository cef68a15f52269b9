// A draft survives a closed tab: kept on the device with every change, for this account only.

const nameOf = (account: string, about: string) => `huilu.draft.${account}.${about}`;

export function readDraft<T>(account: string, about: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(nameOf(account, about)) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
export const keepDraft = <T>(account: string, about: string, draft: T) =>
  localStorage.setItem(nameOf(account, about), JSON.stringify(draft));
// At signing out: the next person at this device shall not find it.
export function dropDrafts(account: string) {
  const start = nameOf(account, '');
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(start)) localStorage.removeItem(name);
  }
}
export const dropDraft = (account: string, about: string) =>
  localStorage.removeItem(nameOf(account, about));

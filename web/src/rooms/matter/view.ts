// What is looked at in the ledger, as the address says it and as the server is asked for it.
export type View = {
  at: string | undefined;
  party: boolean;
  type: string | null;
  state: string | null;
  overdue: boolean;
  stale: boolean; // only those of which something changed after its review
  sort: 'newest' | 'due';
};

export const queryOf = (view: View) => ({
  ...(view.party ? { party: view.at } : { unit: view.at }),
  type: view.type,
  state: view.state,
  // What was merged counts with the one that stays: only its own figure leads to it.
  unmerged: view.state ? undefined : true,
  overdue: view.overdue ? true : undefined,
  stale: view.stale ? true : undefined,
  sort: view.sort === 'due' ? 'due' : undefined,
});

// A change that is being written: kept on the device with every letter, sent once under its key.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, Refused } from '@/api/client';
import { usePost } from '@/api/hooks';
import type { MatterChanged } from '@/api/types';
import { useSession } from '@/app/session';
import { dropDraft, keepDraft, readDraft } from '@/rooms/record/draft';
import type { Change } from './types';

export function useDrafting(about: string, fresh: () => Change) {
  const { me } = useSession();
  const [kept] = useState(() => readDraft<Change>(me.account.id, about));
  const [restored, setRestored] = useState(kept !== null);
  const [change, setChange] = useState(() => kept ?? fresh());
  return {
    change,
    restored,
    set: (next: Change) => {
      setChange(next);
      keepDraft(me.account.id, about, next);
    },
    startOver: () => {
      dropDraft(me.account.id, about);
      setChange(fresh());
      setRestored(false);
    },
    drop: () => dropDraft(me.account.id, about),
  };
}

// What was refused is another request when it is sent again; what was not answered is the same one.
export function useSending(path: string) {
  const queries = useQueryClient();
  const post = usePost<MatterChanged>(path);
  const [key, setKey] = useState(newKey);
  const send = (body: unknown, done: (changed: MatterChanged) => void) =>
    post.mutate(
      { body, key },
      {
        onSuccess: done,
        onError: (error) => {
          if (error instanceof Refused) setKey(newKey());
          // Asked for anew, so that it can be said who was first.
          if (isOvertaken(error)) void queries.invalidateQueries();
        },
      },
    );
  return { send, error: post.error, busy: post.isPending };
}

export const isOvertaken = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'matter_moved';

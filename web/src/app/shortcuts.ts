// Keys: "/" finds, Ctrl K opens the list of things to do, "g t" goes to a place. None of them while
// somebody types.
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { type Action, permits } from './action';
import { useSession } from './session';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export function useShortcuts(actions: Action[], open: (mode: 'actions' | 'units') => void) {
  const navigate = useNavigate();
  const { me } = useSession();
  useEffect(() => {
    let before = '';
    let since = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open('actions');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '/') {
        event.preventDefault();
        open('units');
        return;
      }
      const keys = before && event.timeStamp - since < 1000 ? `${before} ${event.key}` : event.key;
      const found = actions.find((action) => action.keys === keys && permits(me, action));
      before = found ? '' : event.key;
      since = event.timeStamp;
      if (found) {
        event.preventDefault();
        void navigate(found.to);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions, navigate, open, me]);
}

// One box for two questions: what can I do, and where is that unit.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useGet } from '@/api/hooks';
import type { UnitList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon, type IconName } from '@/ui/icon';
import { permits } from './action';
import { actions } from './actions';
import { useSession } from './session';
import { useUnitType } from './vocabulary';

type Line = { id: string; icon: IconName; title: string; note?: string; to: string };

export function Palette({ mode, close }: { mode: 'actions' | 'units'; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const { things, units } = useLines(mode, text.trim());
  const lines = [...things, ...units];
  const chosen = Math.min(at, Math.max(lines.length - 1, 0));
  useEffect(() => {
    const before = document.activeElement;
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
    // Back to where it was opened from, where no other page has come since.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const go = (line: Line | undefined) => {
    if (!line) return;
    close();
    void navigate(line.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((chosen + step + lines.length) % Math.max(lines.length, 1));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(lines[chosen]);
    }
  };
  const option = (line: Line, index: number) => (
    <li
      key={line.id}
      id={`palette-${index}`}
      role="option"
      aria-selected={index === chosen}
      onMouseMove={() => setAt(index)}
      onClick={() => go(line)}
    >
      <Icon name={line.icon} size={18} />
      <span className="grow">{line.title}</span>
      {line.note ? <span className="muted small">{line.note}</span> : null}
    </li>
  );
  return (
    <dialog
      ref={dialog}
      className="overlay palette"
      aria-label={t('frame.search')}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <input
        value={text}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={lines.length > 0 ? `palette-${chosen}` : undefined}
        aria-label={t('frame.search')}
        placeholder={t(mode === 'units' ? 'palette.units' : 'palette.actions')}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" aria-label={t('frame.search')}>
        {things.map((line, i) => option(line, i))}
        {units.map((line, i) => option(line, things.length + i))}
        {lines.length === 0 ? (
          <li className="group" role="presentation">
            {t('palette.nothing')}
          </li>
        ) : null}
      </ul>
    </dialog>
  );
}

function useLines(mode: 'actions' | 'units', text: string) {
  const session = useSession();
  const typeOf = useUnitType();
  const found = useGet<UnitList>('/units', { q: text, limit: 12 }, text.length > 0);
  const things: Line[] = actions
    .filter((action) => permits(session.me, action))
    .map((action) => ({
      id: action.to,
      icon: action.icon,
      title: t(action.label),
      note: action.keys ?? '',
      to: action.to,
    }))
    .filter((line) => line.title.toLowerCase().includes(text.toLowerCase()));
  const from = text ? (found.data?.items ?? []) : mode === 'units' ? session.units : [];
  const units = from.slice(0, 12).map((unit) => ({
    id: unit.id,
    icon: 'unit' as const,
    title: unit.name,
    note: typeOf(unit.type),
    to: `/units/${unit.id}`,
  }));
  return mode === 'units' && !text ? { things: [], units } : { things, units };
}

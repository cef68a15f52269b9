// Which unit the pages speak for: type to jump, recents, or open the tree step by step.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useGet } from '@/api/hooks';
import type { Unit, UnitList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { Drawer } from '@/ui/overlay';
import { Bones, Trouble } from '@/ui/states';
import { useSession } from './session';
import { useUnitType } from './vocabulary';
import './unit_switcher.css';

export function UnitSwitcher() {
  const { unit } = useSession();
  const [open, setOpen] = useState(false);
  if (!unit) return null;
  return (
    <>
      <button
        type="button"
        className="switch"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        title={unit.name}
      >
        <span>{unit.name}</span>
        <Icon name="down" size={16} />
      </button>
      {open ? <Chooser close={() => setOpen(false)} /> : null}
    </>
  );
}

function Chooser({ close }: { close: () => void }) {
  const { units, unit, chooseUnit } = useSession();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const typeOf = useUnitType();
  const found = useGet<UnitList>('/units', { q: text.trim(), limit: 30 }, text.trim() !== '');
  const take = (one: Unit) => {
    close();
    if (units.some((own) => own.id === one.id)) chooseUnit(one.id);
    else void navigate(`/units/${one.id}`);
  };
  return (
    <Drawer title={t('unit.choose')} close={close}>
      <div className="stack">
        <input
          className="text"
          type="search"
          autoFocus
          value={text}
          aria-label={t('unit.search')}
          placeholder={t('unit.search')}
          onChange={(event) => setText(event.target.value)}
        />
        {text.trim() ? (
          <ul className="pick">
            {(found.data?.items ?? []).map((one) => (
              <li key={one.id}>
                <button type="button" className="bare" onClick={() => take(one)}>
                  <span>{one.name}</span>
                  <span className="muted small">{typeOf(one.type)}</span>
                </button>
              </li>
            ))}
            {found.data?.items.length === 0 ? (
              <li className="muted">{t('palette.nothing')}</li>
            ) : null}
          </ul>
        ) : (
          <ul className="pick" aria-label={t('unit.own')}>
            {units.map((one) => (
              <Branch
                key={one.id}
                unit={one}
                take={take}
                current={one.id === unit?.id}
                start={units.length === 1}
              />
            ))}
          </ul>
        )}
      </div>
    </Drawer>
  );
}

function Branch(props: {
  unit: Unit;
  take: (unit: Unit) => void;
  current?: boolean;
  start?: boolean;
}) {
  const { unit, take } = props;
  const [open, setOpen] = useState(props.start ?? false);
  const typeOf = useUnitType();
  return (
    <li>
      <div className="row" style={{ flexWrap: 'nowrap', gap: 4 }}>
        {unit.has_children ? (
          <button
            type="button"
            className="icon-button"
            aria-expanded={open}
            aria-label={t('unit.open', { name: unit.name })}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} size={16} />
          </button>
        ) : (
          <span className="indent" />
        )}
        <button
          type="button"
          className="bare grow"
          aria-current={props.current}
          onClick={() => take(unit)}
        >
          <span>{unit.name}</span>
          <span className="muted small">{typeOf(unit.type)}</span>
          {props.current ? <Icon name="check" size={16} /> : null}
        </button>
      </div>
      {open ? <Children of={unit} take={take} /> : null}
    </li>
  );
}

function Children({ of, take }: { of: Unit; take: (unit: Unit) => void }) {
  const children = useGet<UnitList>(`/units/${of.id}/children`, { limit: 500 });
  if (children.error) return <Trouble error={children.error} />;
  if (!children.data) return <Bones lines={3} />;
  return (
    <ul className="pick inner">
      {children.data.items.map((one) => (
        <Branch key={one.id} unit={one} take={take} />
      ))}
    </ul>
  );
}

// Which fields of a type stand in the table, remembered on the device for each type.
import { useState } from 'react';
import type { Field, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { usePhone } from '@/ui/look';
import { Menu } from '@/ui/menu';
import { contentField, usualColumns } from './say';

const nameOf = (type: string) => `huilu.columns.${type}`;

function kept(type: string): string[] | null {
  try {
    return JSON.parse(localStorage.getItem(nameOf(type)) ?? 'null') as string[] | null;
  } catch {
    return null;
  }
}

export function useChosenColumns(type: MatterType | undefined) {
  const [, redraw] = useState(0);
  const names = type ? (kept(type.name) ?? usualColumns(type)) : [];
  const shown: Field[] = (type?.fields ?? []).filter((field) => names.includes(field.name));
  const toggle = (name: string) => {
    if (!type) return;
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
    localStorage.setItem(nameOf(type.name), JSON.stringify(next));
    redraw((count) => count + 1);
  };
  return { shown, toggle };
}

export function ColumnMenu(props: {
  type: MatterType | undefined;
  columns: ReturnType<typeof useChosenColumns>;
}) {
  const { type, columns } = props;
  const phone = usePhone();
  if (!type || phone) return null;
  const content = contentField(type)?.name;
  return (
    <Menu
      label={t('matter.list.columns')}
      className="button plain"
      button={
        <>
          <Icon name="grid" size={16} />
          <span>{t('matter.list.columns')}</span>
        </>
      }
    >
      {/* Several may be ticked one after another. */}
      <div className="column-menu" onClick={(event) => event.stopPropagation()}>
        {type.fields
          .filter((field) => field.name !== content && field.type !== 'file')
          .map((field) => {
            const on = columns.shown.some((one) => one.name === field.name);
            return (
              <button
                key={field.name}
                type="button"
                role="menuitemcheckbox"
                aria-checked={on}
                onClick={() => columns.toggle(field.name)}
              >
                <span className="grow">{field.title}</span>
                {on ? <Icon name="check" size={16} /> : null}
              </button>
            );
          })}
      </div>
    </Menu>
  );
}

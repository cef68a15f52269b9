// A list of words in an order: an agenda, a timetable.
import { Select } from 'antd';
import { useState } from 'react';
import type { Field } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';

// Words one after the other, each as often as it comes: an agenda, a timetable.
export function WordLines(props: {
  field: Field;
  value: unknown;
  change: (value: unknown) => void;
  wrong?: string | undefined;
}) {
  const { field, value, change } = props;
  const given = (value as (string | null)[] | undefined) ?? [];
  const lines = given.length === 0 ? [null] : given;
  const keep = (next: (string | null)[]) => {
    const some = next.filter((one) => one !== null);
    change(some.length > 0 ? some : undefined);
  };
  const [open, setOpen] = useState(false);
  const shown = open && lines[0] !== null ? [...lines, null] : lines;
  return (
    <div className="stack" style={{ gap: 8 }}>
      {shown.map((line, index) => (
        <div key={index} className="row" style={{ flexWrap: 'nowrap' }}>
          <span className="muted num">{index + 1}</span>
          <Select
            aria-label={t('field.line', { title: field.title, n: index + 1 })}
            status={props.wrong ? 'error' : ''}
            style={{ minWidth: 220 }}
            placeholder={t('field.choose')}
            value={line}
            options={field.words.map((word) => ({ value: word.code, label: word.title }))}
            onChange={(next: string) => {
              setOpen(false);
              keep(index < lines.length ? lines.with(index, next) : [...lines, next]);
            }}
          />
          {line !== null ? (
            <button
              type="button"
              className="icon-button"
              aria-label={t('field.remove_line', { n: index + 1 })}
              onClick={() => keep(lines.filter((_, i) => i !== index))}
            >
              <Icon name="close" size={16} />
            </button>
          ) : null}
        </div>
      ))}
      {shown.at(-1) !== null && lines.length < (field.max ?? 50) ? (
        <div>
          <Button icon="plus" onClick={() => setOpen(true)}>
            {t('field.add_line')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

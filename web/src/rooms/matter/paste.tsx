// A column of a sheet pasted into a field of the rows that are shown, line by line: seen beside what
// stands there before anything is saved, kept on the device until it is.
import { Select } from 'antd';
import { useState } from 'react';
import type { Matter, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { dropDraft, keepDraft, readDraft } from '@/rooms/record/draft';
import { FieldBox } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Wrap } from '@/ui/wrap';
import { batchMax, type BatchRow, pastedColumn, useBatch } from './batch';
import { BatchRows } from './batch_rows';
import { BatchSend } from './batch_send';
import { contentOf } from './say';

type Draft = { field: string; text: string; rows: string[] };

const isText = (field: MatterType['fields'][number]) => field.type === 'text';

// What is told anew each time: not what the type cannot do without.
export const usualField = (type: MatterType): string =>
  (
    type.fields.find((field) => field.name === 'progress') ??
    type.fields.filter(isText).findLast((field) => !field.required)
  )?.name ?? '';

export function PasteDrawer(props: { type: MatterType; items: Matter[]; close: () => void }) {
  const { type } = props;
  const { me } = useSession();
  const about = `matter.paste.${type.name}`;
  const batch = useBatch();
  const [kept] = useState(() => readDraft<Draft>(me.account.id, about));
  const [items] = useState(() => orderedAs(kept?.rows ?? [], props.items).slice(0, batchMax));
  const [draft, setDraft] = useState<Draft>(
    kept ?? { field: usualField(type), text: '', rows: items.map((one) => one.id) },
  );
  const set = (part: Partial<Draft>) => {
    const next = { ...draft, ...part, rows: items.map((one) => one.id) };
    setDraft(next);
    batch.forget();
    keepDraft(me.account.id, about, next);
  };
  const field = type.fields.find((one) => one.name === draft.field);
  const { cells, more } = pastedColumn(draft.text);
  const rows: BatchRow[] = items.flatMap((matter, i) => {
    const text = cells[i] ?? '';
    return text === '' || text === matter.fields[draft.field]
      ? []
      : [{ matter, fields: { [draft.field]: text } }];
  });
  return (
    <Drawer title={t('matter.paste.title')} close={props.close}>
      <div className="stack matter-form">
        {batch.result ? (
          <>
            <BatchRows of={batch.result} matters={items} type={type} />
            <Button look="main" onClick={props.close}>
              {t('act.close')}
            </Button>
          </>
        ) : (
          <>
            <p className="muted">{t('matter.paste.text', { n: items.length })}</p>
            {kept?.text ? <p className="notice">{t('record.restored')}</p> : null}
            <FieldBox id="paste-field" title={t('matter.paste.field')} required>
              <Select
                id="paste-field"
                style={{ width: 240 }}
                value={draft.field}
                options={type.fields
                  .filter(isText)
                  .map((one) => ({ value: one.name, label: one.title }))}
                onChange={(name) => set({ field: name })}
              />
            </FieldBox>
            <FieldBox id="paste-text" title={t('matter.paste.lines')} hint={t('matter.paste.hint')}>
              <textarea
                id="paste-text"
                className="text"
                rows={6}
                value={draft.text}
                onChange={(event) => set({ text: event.target.value })}
              />
            </FieldBox>
            {more ? <p className="notice warn">{t('matter.paste.more_columns')}</p> : null}
            {cells.length > 0 && cells.length !== items.length ? (
              <p className="notice warn">
                {t('matter.paste.count', { lines: cells.length, rows: items.length })}
              </p>
            ) : null}
            {cells.length > 0 ? (
              <Beside
                items={items}
                cells={cells}
                name={draft.field}
                title={field?.title ?? ''}
                type={type}
              />
            ) : null}
            <BatchSend
              batch={batch}
              act={{}}
              rows={rows}
              matters={items}
              type={type}
              filled={rows.length > 0}
              run={(n) => t('matter.paste.run', { n })}
              done={() => dropDraft(me.account.id, about)}
              cancel={props.close}
            >
              <span className="muted small">{t('record.form.kept')}</span>
            </BatchSend>
          </>
        )}
      </div>
    </Drawer>
  );
}

// A draft belongs to the rows as they stood when it was begun.
function orderedAs(rows: string[], items: Matter[]): Matter[] {
  const found = rows.flatMap((id) => items.filter((one) => one.id === id));
  return found.length === rows.length && rows.length > 0 ? found : items;
}

function Beside(props: {
  items: Matter[];
  cells: string[];
  name: string;
  title: string;
  type: MatterType;
}) {
  return (
    <Wrap label={t('matter.paste.title')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('matter.content')}</th>
            <th scope="col">{t('matter.paste.now', { field: props.title })}</th>
            <th scope="col">{t('matter.paste.then')}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((matter, i) => {
            const now = String(matter.fields[props.name] ?? '');
            const then = props.cells[i] ?? '';
            return (
              <tr key={matter.id}>
                <td>
                  <span className="two-lines">{contentOf(matter, props.type)}</span>
                </td>
                <td className="muted">
                  <span className="two-lines">{now}</span>
                </td>
                <td>
                  {then === '' || then === now ? (
                    <span className="muted">{t('matter.paste.same')}</span>
                  ) : (
                    <strong>{then}</strong>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wrap>
  );
}

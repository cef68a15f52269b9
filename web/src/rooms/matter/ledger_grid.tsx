// The ledger as a sheet to fill in: cells are typed or pasted from a sheet, from the chosen row down;
// what would be refused is shown at its cell before anything is saved. Each row is an act of its own,
// and what was not saved keeps what was typed.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { Link } from 'react-router';
import { newKey, post, Refused } from '@/api/client';
import type { Field, Matter, MatterBatchDone, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { dropDraft, keepDraft, readDraft } from '@/rooms/record/draft';
import { Button } from '@/ui/button';
import { Refusals } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { batchMax } from './batch';
import {
  cellText,
  isHidden,
  laidOver,
  parsedCell,
  pastedCells,
  type Typed,
  withCell,
  writableFields,
} from './grid_cells';
import './ledger_views.css';
import { StateMark } from './marks';
import { usualField } from './paste';
import { contentOf } from './say';

// By matter, by the title of the field that is meant, or '' of the whole row.
type Faults = Record<string, Record<string, string>>;
type Sent = { body: string; key: string };

function faultsOf(done: MatterBatchDone): Faults {
  const faults: Faults = {};
  for (const item of done.items) {
    for (const why of item.why) {
      const row = (faults[item.id] ??= {});
      const say = why.code === 'matter_moved' ? t('matter.grid.overtaken') : why.say;
      row[why.field ?? ''] = [row[why.field ?? ''], say].filter(Boolean).join(' ');
    }
  }
  return faults;
}

// What was typed is kept on the device for this type until it is saved.
function useTyped(type: MatterType) {
  const { me } = useSession();
  const about = `matter.grid.${type.name}`;
  const [typed, setTyped] = useState<Typed>(() => readDraft<Typed>(me.account.id, about) ?? {});
  return {
    typed,
    set: (next: Typed) => {
      setTyped(next);
      if (Object.keys(next).length > 0) keepDraft(me.account.id, about, next);
      else dropDraft(me.account.id, about);
    },
  };
}

function useSaving(items: Matter[], columns: Field[], typed: Typed) {
  const queries = useQueryClient();
  const [faults, setFaults] = useState<Faults>({});
  const [checked, setChecked] = useState<{ done: number; refused: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  // Rows of which every cell can be read; of the others it is said at the cell why not.
  const rows = items.flatMap((matter) => {
    const own = typed[matter.id];
    if (!own) return [];
    const fields: Record<string, unknown> = {};
    let whole = true;
    for (const [name, text] of Object.entries(own)) {
      const field = columns.find((one) => one.name === name);
      const cell = field ? parsedCell(field, text) : { value: text };
      if ('fault' in cell) whole = false;
      else fields[name] = cell.value;
    }
    return whole ? [{ id: matter.id, version: matter.version, fields }] : [];
  });
  const forget = () => {
    setChecked(null);
    setFaults({});
  };
  const send = async (dry: boolean): Promise<Set<string>> => {
    setBusy(true);
    setError(null);
    const going = dry ? rows : rows.filter((row) => !faults[row.id]);
    const body = JSON.stringify(going);
    // What was not answered is asked again under the same key.
    const key = sent?.body === body && !dry ? sent.key : newKey();
    if (!dry) setSent({ body, key });
    const saved = new Set<string>();
    try {
      const done = await post<MatterBatchDone>(
        '/matters/batch',
        { items: going.slice(0, batchMax), dry_run: dry },
        { key },
      );
      setFaults(faultsOf(done));
      if (dry) setChecked({ done: done.done, refused: done.refused });
      else {
        for (const item of done.items) if (item.done) saved.add(item.id);
        setChecked(null);
        setSent(null);
        void queries.invalidateQueries();
      }
    } catch (wrong) {
      if (wrong instanceof Refused) setSent(null);
      setError(wrong);
    }
    setBusy(false);
    return saved;
  };
  return { rows, faults, checked, error, busy, forget, send };
}

export function LedgerGrid(props: { type: MatterType; items: Matter[]; columns: Field[] }) {
  const { type, items } = props;
  const writable = writableFields(type);
  // What is told anew each time comes first, then those that are shown.
  const usual = usualField(type);
  const columns = [
    ...writable.filter((field) => field.name === usual),
    ...writable.filter(
      (field) => field.name !== usual && props.columns.some((one) => one.name === field.name),
    ),
  ];
  const { typed, set } = useTyped(type);
  const saving = useSaving(items, writable, typed);
  const [said, setSaid] = useState('');
  const write = (next: Typed) => {
    set(next);
    saving.forget();
    setSaid('');
  };
  const changed = items.filter((one) => typed[one.id]).length;
  const unread = changed - saving.rows.length;
  const paste = (row: number, column: number, event: ClipboardEvent) => {
    const cells = pastedCells(event.clipboardData.getData('text/plain'));
    if (cells.length < 2 && (cells[0]?.length ?? 0) < 2) return; // into the cell, as typed
    event.preventDefault();
    const { typed: next, left } = laidOver(typed, cells, { row, column }, items, columns);
    write(next);
    if (left > 0) setSaid(t('matter.grid.left', { n: left }));
  };
  const save = async () => {
    const saved = await saving.send(false);
    if (saved.size === 0) return;
    set(Object.fromEntries(Object.entries(typed).filter(([id]) => !saved.has(id))));
    setSaid(t('matter.grid.saved', { n: saved.size }));
  };
  return (
    <>
      <p className="muted grid-text">{t('matter.grid.text')}</p>
      <Wrap label={t('matter.show.grid')}>
        <table className="table ledger-grid">
          <thead>
            <tr>
              <th scope="col">{t('matter.content')}</th>
              {columns.map((field) => (
                <th key={field.name} scope="col">
                  {field.title}
                </th>
              ))}
              <th scope="col">{t('matter.state')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((matter, row) => (
              <GridRow
                key={matter.id}
                matter={matter}
                type={type}
                columns={columns}
                own={typed[matter.id] ?? {}}
                faults={saving.faults[matter.id] ?? {}}
                write={(field, text) =>
                  write(
                    withCell(
                      typed,
                      matter.id,
                      field.name,
                      text,
                      cellText(field, matter.fields[field.name]),
                    ),
                  )
                }
                paste={(column, event) => paste(row, column, event)}
              />
            ))}
          </tbody>
        </table>
      </Wrap>
      <div className="batch-bar grid-bar" role="region" aria-label={t('matter.grid.bar')}>
        <strong className="num">{t('matter.grid.changed', { n: changed })}</strong>
        <span role="status" className="small">
          {said ||
            (unread > 0
              ? t('matter.grid.unread', { n: unread })
              : saving.checked
                ? t('matter.batch.would', saving.checked)
                : '')}
        </span>
        {saving.rows.length > batchMax ? (
          <span className="small">{t('matter.batch.most', { n: batchMax })}</span>
        ) : null}
        <span className="grow" />
        <Button
          look={saving.checked ? 'plain' : 'main'}
          busy={saving.busy}
          disabled={saving.rows.length === 0}
          onClick={() => void saving.send(true)}
        >
          {t('matter.grid.look')}
        </Button>
        {saving.checked && saving.checked.done > 0 ? (
          <Button look="main" busy={saving.busy} onClick={() => void save()}>
            {t('matter.grid.save', { n: saving.checked.done })}
          </Button>
        ) : null}
        {changed > 0 ? (
          <Button look="quiet" onClick={() => write({})}>
            {t('matter.grid.undo')}
          </Button>
        ) : null}
        <Refusals error={saving.error} />
      </div>
    </>
  );
}

function GridRow(props: {
  matter: Matter;
  type: MatterType;
  columns: Field[];
  own: Record<string, string>;
  faults: Record<string, string>;
  write: (field: Field, text: string) => void;
  paste: (column: number, event: ClipboardEvent) => void;
}) {
  const { matter, columns, own, faults } = props;
  const titles = new Set(columns.map((field) => field.title));
  const rest = Object.entries(faults)
    .filter(([title]) => !titles.has(title))
    .map(([title, say]) => (title ? t('matter.batch.field', { field: title, say }) : say));
  return (
    <tr>
      <th scope="row">
        <Link to={`/matters/${matter.id}`} className="two-lines">
          {contentOf(matter, props.type)}
        </Link>
        <span className="small muted num">{matter.number ?? matter.id}</span>
        {rest.length > 0 ? <span className="wrong">{rest.join(' ')}</span> : null}
      </th>
      {columns.map((field, i) => (
        <GridCell
          key={field.name}
          matter={matter}
          field={field}
          typed={own[field.name]}
          fault={faults[field.title]}
          write={(text) => props.write(field, text)}
          paste={(event) => props.paste(i, event)}
        />
      ))}
      <td>
        <StateMark matter={matter} />
      </td>
    </tr>
  );
}

// Up and down go to the same column of the next row, as in a sheet; so does Enter.
function step(event: KeyboardEvent<HTMLElement>) {
  const down = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey);
  if (!down && event.key !== 'ArrowUp') return;
  const at = event.currentTarget;
  if (at instanceof HTMLSelectElement && event.key !== 'Enter') return;
  if (at instanceof HTMLTextAreaElement && event.key !== 'Enter' && at.value.includes('\n')) return;
  const cell = at.closest('td');
  const row = cell?.parentElement;
  if (!cell || !row) return;
  event.preventDefault();
  const index = [...row.children].indexOf(cell);
  let next = down ? row.nextElementSibling : row.previousElementSibling;
  while (next) {
    const found = next.children[index]?.querySelector<HTMLElement>('textarea, input, select');
    if (found) return found.focus();
    next = down ? next.nextElementSibling : next.previousElementSibling;
  }
}

function GridCell(props: {
  matter: Matter;
  field: Field;
  typed: string | undefined;
  fault: string | undefined;
  write: (text: string) => void;
  paste: (event: ClipboardEvent) => void;
}) {
  const { matter, field, typed } = props;
  const before = cellText(field, matter.fields[field.name]);
  if (isHidden(matter, field)) return <td className="muted">{t('record.hidden')}</td>;
  if (!matter.is_open) return <td className="muted">{shownOf(field, before)}</td>;
  const cell = typed === undefined ? null : parsedCell(field, typed);
  const wrong =
    cell && 'fault' in cell
      ? t(cell.fault, { min: field.min ?? '', max: field.max ?? '' })
      : typed === undefined
        ? undefined
        : props.fault;
  const id = `cell-${matter.id}-${field.name}`;
  const common = {
    'aria-label': t('matter.grid.cell', { field: field.title, id: matter.id }),
    'aria-invalid': wrong ? true : undefined,
    'aria-describedby': wrong ? `${id}-wrong` : undefined,
    value: typed ?? before,
    onPaste: props.paste,
    onKeyDown: step,
    onChange: (event: { target: { value: string } }) => props.write(event.target.value),
  };
  const choice = field.type === 'enum' || field.type === 'bool';
  return (
    <td className={`${typed === undefined ? '' : 'changed'} ${wrong ? 'faulty' : ''}`}>
      {choice && (!cell || !('fault' in cell)) ? (
        <Choice field={field} common={common} />
      ) : field.type === 'text' || field.type === 'list' ? (
        <textarea className="text" rows={2} {...common} />
      ) : (
        <input className="text" inputMode={field.type === 'int' ? 'numeric' : 'text'} {...common} />
      )}
      {typed !== undefined && before !== '' ? (
        <span className="small muted grid-was">
          {t('matter.grid.was', { text: shownOf(field, before) })}
        </span>
      ) : null}
      {wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      ) : null}
    </td>
  );
}

// A word that was pasted may be the title as well as the code.
function Choice(props: { field: Field; common: { value: string } & Record<string, unknown> }) {
  const { field, common } = props;
  const options =
    field.type === 'bool'
      ? [
          { code: 'true', title: t('field.yes') },
          { code: 'false', title: t('field.no') },
        ]
      : field.words;
  const cell = parsedCell(field, common.value);
  const value = 'value' in cell && cell.value !== null ? String(cell.value) : '';
  return (
    <select className="text" {...common} value={value}>
      <option value="" />
      {options.map((one) => (
        <option key={one.code} value={one.code}>
          {one.title}
        </option>
      ))}
    </select>
  );
}

function shownOf(field: Field, text: string): string {
  if (field.type === 'bool' && text) return t(text === 'true' ? 'field.yes' : 'field.no');
  return field.words.find((word) => word.code === text)?.title ?? text;
}

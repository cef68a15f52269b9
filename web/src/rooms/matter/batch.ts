// Many matters at once: looked at first, then sent; what is refused is told by row.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, post } from '@/api/client';
import type { Matter, MatterBatch, MatterBatchDone, MatterGrouping } from '@/api/types';

export const batchMax = 200; // of one request

export type BatchRow = { matter: Matter; fields?: Record<string, unknown> };

// What is common to all of them.
export type BatchAct =
  Omit<MatterBatch, 'items' | 'dry_run'> | Omit<MatterGrouping, 'items' | 'dry_run'>;

const itemsOf = (rows: BatchRow[]) =>
  rows.map(({ matter, fields }) => ({
    id: matter.id,
    version: matter.version,
    ...(fields ? { fields } : {}),
  }));

export function useBatch(path: '/matters/batch' | '/matters/grouping' = '/matters/batch') {
  const queries = useQueryClient();
  const [preview, setPreview] = useState<MatterBatchDone | null>(null);
  const [result, setResult] = useState<MatterBatchDone | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (act: BatchAct, rows: BatchRow[], dry: boolean) => {
    setBusy(true);
    setError(null);
    let answered = false;
    try {
      const body = { ...act, items: itemsOf(rows), dry_run: dry };
      const done = await post<MatterBatchDone>(path, body, { key: newKey() });
      if (dry) setPreview(done);
      else {
        setResult(done);
        void queries.invalidateQueries();
      }
      answered = true;
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
    return answered;
  };
  return {
    preview,
    result,
    error,
    busy,
    look: (act: BatchAct, rows: BatchRow[]) => send(act, rows, true),
    // Only those of which the rules said yes.
    run: (act: BatchAct, rows: BatchRow[]) => {
      const yes = new Set(preview?.items.filter((one) => one.done).map((one) => one.id));
      return send(
        act,
        rows.filter(({ matter }) => yes.has(matter.id)),
        false,
      );
    },
    forget: () => setPreview(null),
  };
}

// The first column of what was copied from a sheet; a quoted cell may hold line breaks.
export function pastedColumn(text: string): { cells: string[]; more: boolean } {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  let column = 0;
  let more = false;
  const end = () => {
    cells.push(cell.trim());
    cell = '';
    column = 0;
  };
  const plain = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  for (let i = 0; i < plain.length; i += 1) {
    const char = plain[i] ?? '';
    if (quoted && char === '"' && plain[i + 1] === '"') {
      if (column === 0) cell += char;
      i += 1;
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (char === '\t' && !quoted) {
      column += 1;
      more = true;
    } else if (char === '\n' && !quoted) end();
    else if (column === 0) cell += char;
  }
  if (plain !== '') end();
  return { cells, more };
}

// A table of the same rows three times: on a desktop, as cards on a phone, and as a sheet.
import type { ReactNode } from 'react';
import type { AsOf } from '@/api/types';
import { t } from '@/i18n/i18n';
import { instant, semicolon } from '@/i18n/format';
import { Button } from './button';
import { usePhone } from './look';
import { type CellValue, saveSheet } from './sheet';
import { Wrap } from './wrap';

export type SheetColumn<Row> = {
  head: string;
  value?: (row: Row) => CellValue; // without it the column is not on the sheet
};

export type TableColumn<Row> = SheetColumn<Row> & {
  cell: (row: Row) => ReactNode;
  end?: boolean;
  num?: boolean;
  quiet?: boolean; // its head is only heard
};

export function DataTable<Row>(props: {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}) {
  const look = (column: TableColumn<Row>) =>
    `${column.end ? 'end' : ''} ${column.num ? 'num' : ''}`.trim() || undefined;
  return (
    <Wrap label={props.label}>
      <table className="table cards-on-phone">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.head} scope="col" className={column.end ? 'end' : undefined}>
                {column.quiet ? <span className="sr">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)}>
              {props.columns.map((column) => (
                <td
                  key={column.head}
                  className={look(column)}
                  data-label={column.quiet ? undefined : column.head}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wrap>
  );
}

// What a sheet says of itself: of which choice it is, and of which time.
export const notesOf = (
  asOf: AsOf | undefined,
  filter: (string | null | undefined)[],
): string[] => {
  const chosen = filter.filter(Boolean).join(semicolon());
  return [
    t('sheet.filter', { filter: chosen || t('sheet.no_filter') }),
    ...(asOf ? [t('state.as_of', { at: instant(asOf.known_at) })] : []),
  ];
};

// On a phone a sheet is rarely what somebody came for: its button is there and takes no line.
export function SaveButton(props: { disabled: boolean; busy?: boolean; save: () => void }) {
  const phone = usePhone();
  const common = { disabled: props.disabled, busy: props.busy ?? false, onClick: props.save };
  return phone ? (
    <Button icon="download" className="lone" aria-label={t('act.export')} {...common} />
  ) : (
    <Button icon="download" {...common}>
      {t('act.export')}
    </Button>
  );
}

export function ExportButton<Row>(props: {
  name: string;
  columns: SheetColumn<Row>[];
  rows: Row[] | undefined;
  asOf: AsOf | undefined;
  filter?: (string | null | undefined)[];
  notes?: string[];
}) {
  const { rows } = props;
  const shown = props.columns.filter((column) => column.value);
  return (
    <SaveButton
      disabled={!rows || rows.length === 0}
      save={() =>
        void saveSheet({
          name: props.name,
          notes: [...notesOf(props.asOf, props.filter ?? []), ...(props.notes ?? [])],
          head: shown.map((column) => column.head),
          rows: (rows ?? []).map((row) => shown.map((column) => column.value?.(row))),
        })
      }
    />
  );
}

// What is filtered as a sheet: not only what was scrolled to, with every field of the type.
import { useState } from 'react';
import { get } from '@/api/client';
import type { AsOf, Field, Matter, MatterList, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { notesOf, SaveButton, type SheetColumn } from '@/ui/data_table';
import { saveSheet } from '@/ui/sheet';
import { Refusals } from '@/ui/states';
import { completionText } from './completion';
import { unitNamesIn } from './names';
import {
  contentField,
  contentOf,
  latenessText,
  outcomeText,
  plain,
  stateIn,
  stateText,
} from './say';
import { headOf } from './template';
import { queryOf, type View } from './view';

const rowsMax = 5000;

async function everything(view: View): Promise<{ items: Matter[]; asOf?: AsOf; cut: boolean }> {
  const items: Matter[] = [];
  let cursor: string | null = null;
  let asOf: AsOf | undefined;
  do {
    const page: MatterList = await get<MatterList>('/matters', {
      ...queryOf(view),
      limit: 500,
      cursor,
    });
    items.push(...page.items);
    asOf ??= page.as_of;
    cursor = page.next_cursor;
  } while (cursor && items.length < rowsMax);
  return { items, ...(asOf ? { asOf } : {}), cut: cursor !== null };
}

// In the order that ledgers on paper have: content, whose, what is to be reached, by when, how far.
export function sheetColumns(
  types: MatterType[],
  type: MatterType | undefined,
  names: Map<string, string>,
  today: string,
): SheetColumn<Matter>[] {
  const typeOf = (one: Matter) => types.find((each) => each.name === one.type);
  const content = contentField(type)?.name;
  const fields: Field[] = (type?.fields ?? []).filter((field) => field.name !== content);
  return [
    { head: t('record.number'), value: (one) => one.number ?? one.id },
    { head: t('matter.type'), value: (one) => one.type_title },
    { head: t('matter.content'), value: (one) => contentOf(one, typeOf(one)) },
    { head: t('matter.unit'), value: (one) => nameOf(one.unit) },
    ...fields.map((field) => ({
      head: field.title,
      value: (one: Matter) => plain(field, one.fields[field.name], names),
    })),
    { head: t('matter.parent_of'), value: (one) => one.parent },
    { head: t('matter.below'), value: (one) => one.below_count || null },
    { head: t('matter.into'), value: (one) => one.into },
    { head: t('matter.merged'), value: (one) => one.merged_count || null },
    { head: t('matter.opened'), value: (one) => one.opened },
    { head: t('matter.due.original'), value: (one) => one.first_due },
    { head: t('matter.due'), value: (one) => one.due },
    { head: t('matter.due.how'), value: (one) => latenessText(one, today) },
    { head: t('matter.state'), value: stateText },
    { head: t('matter.completion'), value: (one) => completionText(one, typeOf(one)) },
    { head: t('matter.outcome'), value: (one) => (one.outcome ? outcomeText(one.outcome) : '') },
  ];
}

const inWords = ['text', 'int', 'decimal', 'bool', 'enum', 'date'];

// To be filled in and imported again: which matter and which version of it, then what may be
// written. Units and persons are left out: a move or the page changes them.
export function fillColumns(type: MatterType, today: string): SheetColumn<Matter>[] {
  const content = contentField(type);
  const fields = type.fields.filter((field) => inWords.includes(field.of ?? field.type));
  const rest = fields.filter((field) => field !== content);
  const column = (field: Field): SheetColumn<Matter> => ({
    head: field.title,
    value: (one) => {
      const value = one.fields[field.name];
      // What is hidden from the reader is not for him to write over.
      if (value === null) return '';
      return Array.isArray(value) && field.of === 'text'
        ? value.join('\n')
        : plain(field, value, new Map());
    },
  });
  return [
    { head: headOf.id(), value: (one) => one.id },
    { head: headOf.version(), value: (one) => one.version },
    ...(content ? [column(content)] : []),
    { head: headOf.unit(), value: (one) => nameOf(one.unit) },
    { head: t('matter.state'), value: stateText },
    { head: t('matter.due.how'), value: (one) => latenessText(one, today) },
    ...rest.map(column),
  ];
}

export function LedgerExport(props: {
  view: View;
  type: MatterType | undefined;
  types: MatterType[];
  name: string | undefined;
  any: boolean;
  fill: boolean; // whether what is filled in may be imported again
}) {
  const { view, type, types } = props;
  const { me } = useSession();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const { items, asOf, cut } = await everything(view);
      const columns = sheetColumns(types, type, unitNamesIn(items), me.today);
      await saveSheet({
        name: t('place.ledger'),
        notes: [
          ...notesOf(asOf, [
            props.name,
            view.party ? t('matter.list.party') : null,
            type?.title ?? t('matter.list.type'),
            view.state ? stateIn(type, view.state) : null,
            view.open ? t('matter.list.open') : null,
            view.overdue ? t('matter.list.overdue') : null,
            view.stale ? t('matter.stale') : null,
            view.within === null ? null : t('matter.list.due_within', { days: view.within }),
            view.from || view.before
              ? t('matter.list.due_between', { from: view.from ?? '', before: view.before ?? '' })
              : null,
            view.text ? t('matter.list.word_is', { text: view.text }) : null,
          ]),
          t(cut ? 'matter.shown_first' : 'matter.shown', { n: items.length }),
          t('matter.not_how_good'),
        ],
        head: columns.map((column) => column.head),
        rows: items.map((one) => columns.map((column) => column.value?.(one))),
      });
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  const saveFill = async () => {
    if (!type) return;
    setBusy(true);
    setError(null);
    try {
      const { items } = await everything(view);
      const columns = fillColumns(type, me.today);
      await saveSheet({
        name: t('matter.fill.name', { type: type.title }),
        notes: [],
        bare: true,
        head: columns.map((column) => column.head),
        rows: items.map((one) => columns.map((column) => column.value?.(one))),
      });
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  return (
    <>
      <Refusals error={error} />
      {type && props.fill ? (
        <Button
          icon="sheet"
          className="not-on-phone"
          busy={busy}
          disabled={!props.any}
          onClick={() => void saveFill()}
        >
          {t('matter.fill.action')}
        </Button>
      ) : null}
      <SaveButton busy={busy} disabled={!props.any} save={() => void save()} />
    </>
  );
}

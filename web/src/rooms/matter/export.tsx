// What is filtered as a sheet: not only what was scrolled to, with every field of the type.
import { useState } from 'react';
import { get } from '@/api/client';
import type { AsOf, Field, Matter, MatterList, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { notesOf, SaveButton, type SheetColumn } from '@/ui/data_table';
import { saveSheet } from '@/ui/sheet';
import { Refusals } from '@/ui/states';
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
    { head: t('record.number'), value: (one) => one.id },
    { head: t('matter.type'), value: (one) => one.type_title },
    { head: t('matter.content'), value: (one) => contentOf(one, typeOf(one)) },
    { head: t('matter.unit'), value: (one) => nameOf(one.unit) },
    ...fields.map((field) => ({
      head: field.title,
      value: (one: Matter) => plain(field, one.fields[field.name], names),
    })),
    { head: t('matter.opened'), value: (one) => one.opened },
    { head: t('matter.due.original'), value: (one) => one.first_due },
    { head: t('matter.due'), value: (one) => one.due },
    { head: t('matter.due.how'), value: (one) => latenessText(one, today) },
    { head: t('matter.state'), value: stateText },
    { head: t('matter.outcome'), value: (one) => (one.outcome ? outcomeText(one.outcome) : '') },
  ];
}

export function LedgerExport(props: {
  view: View;
  type: MatterType | undefined;
  types: MatterType[];
  name: string | undefined;
  any: boolean;
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
            view.overdue ? t('matter.list.overdue') : null,
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
  return (
    <>
      <Refusals error={error} />
      <SaveButton busy={busy} disabled={!props.any} save={() => void save()} />
    </>
  );
}

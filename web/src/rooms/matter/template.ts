// An empty ledger to be filled in, made from the matter type: a column for each field, words of
// lists to choose from, and a sheet that says how to fill it.
import type { Field, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import type { Sheet } from '@/ui/sheet';
import { contentField } from './say';

// What a cell can say.
const unreadable = ['file', 'ref', 'post', 'instant', 'duration'];
export const isReadable = (field: Field): boolean =>
  !unreadable.includes(field.type) && !unreadable.includes(field.of ?? '');

export const headOf = {
  number: () => t('record.number'),
  id: () => t('matter.import.head.id'),
  version: () => t('matter.import.head.version'),
  unit: () => t('matter.unit'),
  due: () => t('matter.due'),
};

// In the order of ledgers on paper: number, content, whose, then the rest, and by when.
function columnsOf(type: MatterType) {
  const content = contentField(type);
  const rest = type.fields.filter((field) => field !== content && isReadable(field));
  const how = (field: Field): string => {
    const kind = field.of ?? field.type;
    const said = {
      enum: t('matter.template.enum'),
      date: t('matter.template.date'),
      unit: t('matter.template.unit'),
      person: t('matter.template.person'),
      bool: t('matter.template.bool'),
      int: t('matter.template.int'),
    }[kind];
    const many =
      field.type === 'list' || field.type === 'set'
        ? t(kind === 'text' ? 'matter.template.lines' : 'matter.template.many')
        : '';
    return [said, many].filter(Boolean).join(' ');
  };
  const of = (field: Field) => ({
    head: field.title,
    must: field.required,
    how: how(field),
    words:
      field.type === 'bool' ? [t('field.yes'), t('field.no')] : field.words.map((w) => w.title),
    chosen: field.type === 'enum' || field.type === 'bool',
  });
  const plain = (head: string, must: boolean, said: string) => ({
    head,
    must,
    how: said,
    words: [] as string[],
    chosen: false,
  });
  return [
    plain(headOf.number(), true, t('matter.template.number')),
    ...(content ? [of(content)] : []),
    plain(headOf.unit(), true, t('matter.template.unit')),
    ...rest.map(of),
    plain(headOf.due(), false, t('matter.template.date')),
  ];
}

export function templateSheets(type: MatterType): Sheet[] {
  const columns = columnsOf(type);
  return [
    {
      name: type.title,
      notes: [],
      bare: true,
      head: columns.map((one) => one.head),
      rows: [],
      choices: columns.flatMap(({ chosen, words }, column) => (chosen ? [{ column, words }] : [])),
    },
    {
      name: t('matter.template.how'),
      notes: [t('matter.template.first'), t('matter.template.again'), t('matter.template.state')],
      head: [
        t('matter.template.column'),
        t('matter.template.must'),
        t('matter.template.fill'),
        t('matter.template.words'),
      ],
      rows: columns.map(({ head, must, how, words }) => [
        head,
        must ? t('field.yes') : '',
        how,
        words.join(comma()),
      ]),
    },
  ];
}

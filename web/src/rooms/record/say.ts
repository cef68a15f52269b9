// What a record says in one line: its texts, else its words.
import type { Record as Entry, RecordType } from '@/api/types';

export function say(record: Entry, types: RecordType[] | undefined): string {
  const parts: string[] = [];
  for (const type of record.types) {
    const declared = types?.find((one) => one.name === type);
    const given = record.fields?.[type] ?? {};
    for (const field of declared?.fields ?? []) {
      const value = given[field.name];
      if (typeof value === 'string' && field.type === 'text' && field.name !== 'notebook_page') {
        parts.push(value);
      } else if (Array.isArray(value) && field.of === 'text') {
        parts.push(value.join('；'));
      }
    }
  }
  return [...new Set(parts)].join('；');
}

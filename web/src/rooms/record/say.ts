// What a record says in one line: its texts, else its words.
import type { Record as Entry, RecordType } from '@/api/types';
import { comma, semicolon } from '@/i18n/format';

export function say(record: Entry, types: RecordType[] | undefined): string {
  const parts: string[] = [];
  for (const type of record.types) {
    const declared = types?.find((one) => one.name === type);
    const given = record.fields?.[type] ?? {};
    for (const field of declared?.fields ?? []) {
      const value = given[field.name];
      if (typeof value === 'string' && field.type === 'text' && field.name !== 'notebook_page') {
        // A number says nothing without what it numbers.
        parts.push(/\p{L}/u.test(value) ? value : `${field.title} ${value}`);
      } else if (Array.isArray(value) && field.of === 'text') {
        parts.push(value.join(semicolon()));
      }
    }
  }
  return parts.length > 0 ? [...new Set(parts)].join(semicolon()) : inWords(record, types);
}

// Where a type asks for no text: what was chosen from its words.
function inWords(record: Entry, types: RecordType[] | undefined): string {
  const parts: string[] = [];
  for (const type of record.types) {
    for (const field of types?.find((one) => one.name === type)?.fields ?? []) {
      const value = record.fields?.[type]?.[field.name];
      const codes = [value].flat().filter((one) => typeof one === 'string');
      const words = field.words.filter((word) => codes.includes(word.code));
      if (words.length > 0) parts.push(words.map((word) => word.title).join(comma()));
      if (field.type === 'int' && typeof value === 'number') parts.push(`${field.title} ${value}`);
    }
  }
  return parts.join(semicolon());
}

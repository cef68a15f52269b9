import { expect, test } from 'vitest';
import { typeOf } from '../tools/types.mjs';

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
  [{ $ref: '#/components/schemas/Unit' }, 'Unit'],
  [{ type: 'object' }, '{ [name: string]: unknown }'],
  [
    {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'integer' }, b: { type: 'boolean' } },
    },
    '{\n  a: number;\n  b?: boolean;\n}',
  ],
])('%j is %s', (schema, text) => expect(typeOf(schema)).toBe(text));

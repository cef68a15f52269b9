// The types of the API, written from the OpenAPI document that the server serves:
//   node tools/types.mjs http://127.0.0.1:8080 > src/api/types.ts
// A browser test compares the committed file with what the served document gives.
const indent = (text) => text.replaceAll('\n', '\n  ');

export function typeOf(schema) {
  if (schema === undefined) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (schema.anyOf ?? schema.oneOf) {
    return (schema.anyOf ?? schema.oneOf).map(typeOf).join(' | ');
  }
  const types = [schema.type].flat();
  return types.map((type) => simple(type, schema)).join(' | ');
}

function simple(type, schema) {
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array': {
      const item = typeOf(schema.items);
      return / \| /.test(item) ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return object(schema);
    default:
      return 'unknown';
  }
}

function object(schema) {
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties ?? {}).map(
    ([name, of]) => `\n${name}${required.has(name) ? '' : '?'}: ${typeOf(of)};`,
  );
  const more = schema.additionalProperties;
  if (lines.length === 0) {
    return `{ [name: string]: ${typeof more === 'object' ? typeOf(more) : 'unknown'} }`;
  }
  if (more && more !== true) lines.push(`\n[name: string]: unknown;`);
  return `{${indent(lines.join(''))}\n}`;
}

export function typesOf(document) {
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = ['// Written by tools/types.mjs from the served OpenAPI document. Not by hand.'];
  for (const [name, schema] of schemas) {
    if (schema.description) lines.push(`// ${schema.description}`);
    lines.push(`export type ${name} = ${typeOf(schema)};`, '');
  }
  return lines.join('\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const reply = await fetch(`${process.argv[2]}/api/v1/openapi.json`);
  process.stdout.write(typesOf(await reply.json()));
}

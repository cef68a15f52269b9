// Makes once, in the folder that HUILU_PREPARED names, what most tests of the whole program begin
// with and then copy: `node prepare.mjs town`, the small tree with its accounts on each store;
// `node prepare.mjs demo`, a demo of one week.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Installation, preparedDatabase, stores } from './harness.mjs';

const prepared = process.env.HUILU_PREPARED;

function freshFolder(name) {
  const folder = join(prepared, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function town() {
  for (const store of stores) {
    const folder = freshFolder(store);
    const { tokens } = new Installation(store, folder, preparedDatabase).prepareAnew();
    writeFileSync(join(folder, 'tokens.json'), JSON.stringify(tokens));
  }
}

const demo = () => new Installation('sqlite', freshFolder('demo')).run(['demo', '--weeks', '1']);

({ town, demo })[process.argv[2]]();

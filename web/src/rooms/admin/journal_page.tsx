// The journal: what was written, in order, and the root from which anybody can check it.
import { useState } from 'react';
import { Link } from 'react-router';
import { useGet, useKept } from '@/api/hooks';
import type { JournalHead, JournalList } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Loaded } from '@/ui/states';
import './admin.css';

const page = 50;

type Entry = JournalList['items'][number];
const newestFirst = (list: JournalList) => [...list.items].reverse();

const wordAfter = (leaf: string, word: string): string | null =>
  new RegExp(`(?:^|\\s)${word} (\\S+)`).exec(leaf)?.[1] ?? null;

// "r118.2" is the second version of r118.
const subjectOf = (one: Entry) => (wordAfter(one.leaf, 'subject') ?? '').replace(/^-$/, '');
const unitOf = (one: Entry) => wordAfter(one.leaf, 'unit')?.match(/^u\d+$/)?.[0] ?? null;
const pages: Record<string, string> = { r: '/records/', i: '/matters/', u: '/units/' };

const aboutOf = (one: Entry) =>
  [subjectOf(one), unitOf(one)].filter((part, i, all) => part && all.indexOf(part) === i).join(' ');

// By its number, with a way to where it can be read; whose name is open is seen there.
function About({ entry }: { entry: Entry }) {
  const subject = subjectOf(entry);
  const unit = unitOf(entry);
  const read = pages[subject.charAt(0)];
  const own = subject.split('.')[0] === unit;
  return (
    <span className="num">
      {read ? <Link to={read + subject.split('.')[0]}>{subject}</Link> : subject}
      {unit && !own ? <span className="muted"> {t('unit.closed_name', { id: unit })}</span> : null}
    </span>
  );
}

const columns = (): TableColumn<Entry>[] => [
  {
    head: t('journal.number'),
    num: true,
    end: true,
    cell: (one) => one.number,
    value: (one) => one.number,
  },
  {
    head: t('journal.at'),
    num: true,
    cell: (one) => instant(one.at),
    value: (one) => instant(one.at),
  },
  {
    head: t('journal.kind'),
    cell: (one) => <span className="num">{wordOf('journal', one.kind)}</span>,
    value: (one) => wordOf('journal', one.kind),
  },
  {
    head: t('journal.about'),
    cell: (one) => <About entry={one} />,
    value: aboutOf,
  },
  {
    head: t('journal.leaf'),
    cell: (one) => (
      <details className="leaf">
        <summary>{t('journal.leaf_show')}</summary>
        {one.leaf}
      </details>
    ),
    value: (one) => one.leaf,
  },
];

export function Component() {
  const head = useGet<JournalHead>('/journal/head');
  const [chosen, setChosen] = useState<number | null>(null);
  const size = head.data?.size ?? 0;
  const after = chosen ?? Math.max(0, size - page);
  const entries = useKept<JournalList>('/journal', { after, limit: page }, head.data !== undefined);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('admin.journal.action')}</h1>
          <p>{t('admin.journal.text')}</p>
        </div>
        <ExportButton
          name={t('admin.journal.action')}
          columns={columns()}
          rows={entries.data ? newestFirst(entries.data) : undefined}
          asOf={entries.data?.as_of}
          filter={[t('journal.shown', { from: after + 1, to: Math.min(after + page, size) })]}
        />
      </div>
      <div className="stack">
        <section className="card pad">
          <Loaded of={head} lines={2}>
            {(one) => (
              <dl className="facts">
                <dt>{t('journal.size')}</dt>
                <dd className="num">{one.size}</dd>
                <dt>{t('journal.root')}</dt>
                <dd className="hash">{one.root}</dd>
                <dt>{t('journal.verify')}</dt>
                <dd>
                  {t('journal.verify_text')} <code>huilu verify</code>
                </dd>
              </dl>
            )}
          </Loaded>
        </section>
        <div className="row">
          <Button disabled={after === 0} onClick={() => setChosen(Math.max(0, after - page))}>
            {t('journal.older')}
          </Button>
          <Button
            disabled={after + page >= size}
            onClick={() => setChosen(Math.min(size, after + page))}
          >
            {t('journal.newer')}
          </Button>
          <span className="muted num">
            {t('journal.shown', { from: after + 1, to: Math.min(after + page, size) })}
          </span>
        </div>
        <Loaded of={entries}>
          {(list) => (
            <DataTable
              label={t('admin.journal.action')}
              columns={columns()}
              rows={newestFirst(list)}
              keyOf={(one) => String(one.number)}
            />
          )}
        </Loaded>
      </div>
    </div>
  );
}

// The journal: what was written, in order, and the root from which anybody can check it.
import { useState } from 'react';
import { useGet, useKept } from '@/api/hooks';
import type { JournalHead, JournalList } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Loaded } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import './admin.css';

const page = 50;

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
        <Wrap label={t('admin.journal.action')}>
          <Loaded of={entries}>
            {(list) => (
              <table className="table">
                <thead>
                  <tr>
                    <th className="end">{t('journal.number')}</th>
                    <th>{t('journal.at')}</th>
                    <th>{t('journal.kind')}</th>
                    <th>{t('journal.leaf')}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...list.items].reverse().map((one) => (
                    <tr key={one.number}>
                      <td className="end num">{one.number}</td>
                      <td className="num">{instant(one.at)}</td>
                      <td style={{ whiteSpace: 'nowrap' }}>{wordOf('journal', one.kind)}</td>
                      <td className="leaf">{one.leaf}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Loaded>
        </Wrap>
      </div>
    </div>
  );
}

// What narrows the ledger: type, state, deadline, a word, and what changed after its review.
import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { usePhone } from '@/ui/look';
import type { SetView, View } from './view';

const spans = [7, 14, 31, 92];

// Where figures stand above, they are what chooses a state; a unit's part in others' has none.
export function Filters(props: {
  view: View;
  set: SetView;
  types: MatterType[];
  type: MatterType | undefined;
  saved: ReactNode;
  children: ReactNode;
}) {
  const { view, set, types } = props;
  const phone = usePhone();
  const chip = (pressed: boolean, label: string, press: () => void) => (
    <button type="button" className="chip" aria-pressed={pressed} onClick={press}>
      {label}
    </button>
  );
  const inputs = (
    <>
      {types.length > 1 ? (
        <Select
          aria-label={t('matter.type')}
          allowClear
          placeholder={t('matter.list.type')}
          style={{ minWidth: 160 }}
          value={view.type}
          options={types.map((one) => ({ value: one.name, label: one.title }))}
          onChange={(value: string | undefined) => set({ type: value ?? null, state: null })}
        />
      ) : null}
      {props.type && view.party ? (
        <Select
          aria-label={t('matter.state')}
          allowClear
          placeholder={t('matter.list.state')}
          style={{ minWidth: 150 }}
          value={view.state}
          options={props.type.states.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(value: string | undefined) => set({ state: value ?? null })}
        />
      ) : null}
      {/* Figures by unit are of all that is there: only its type narrows them. */}
      {view.show === 'tree' ? null : (
        <>
          <WordBox text={view.text} set={(text) => set({ text: text === '' ? null : text })} />
          <DueSelect view={view} set={set} />
          {view.party
            ? chip(view.open, t('matter.list.open'), () => set({ open: view.open ? null : 'true' }))
            : null}
          {view.party
            ? chip(view.overdue, t('matter.list.overdue'), () =>
                set({ overdue: view.overdue ? null : 'true' }),
              )
            : null}
          {chip(view.stale, t('matter.stale'), () => set({ stale: view.stale ? null : 'true' }))}
        </>
      )}
      {chip(view.party, t('matter.list.party'), () => set({ party: String(!view.party) }))}
      {view.show === 'table' || view.show === 'grid' ? (
        <Select
          aria-label={t('matter.list.sort')}
          style={{ minWidth: 150 }}
          value={view.sort}
          options={[
            { value: 'newest' as const, label: t('matter.sort.newest') },
            { value: 'due' as const, label: t('matter.sort.due') },
          ]}
          onChange={(value) => set({ sort: value === 'due' ? 'due' : null })}
        />
      ) : null}
    </>
  );
  const used = [view.type, view.state, view.text || null, view.within, view.from, view.before];
  const n =
    used.filter((one) => one !== null).length + (view.stale || view.overdue || view.open ? 1 : 0);
  return (
    <div className="row filters ledger-filters" role="search" aria-label={t('record.list.filter')}>
      {props.saved}
      {phone ? (
        <details className="filters-more">
          <summary className="chip">
            {n > 0 ? t('matter.list.filters', { n }) : t('record.list.filter')}
          </summary>
          <div className="row filters">{inputs}</div>
        </details>
      ) : (
        inputs
      )}
      <span className="row filters-end">{props.children}</span>
    </div>
  );
}

function DueSelect({ view, set }: { view: View; set: SetView }) {
  const days = view.within !== null && !spans.includes(view.within) ? [view.within] : [];
  const between = view.from !== null || view.before !== null;
  return (
    <Select
      aria-label={t('matter.due')}
      allowClear
      placeholder={t('matter.list.due')}
      style={{ minWidth: 150 }}
      value={between ? 'between' : view.within === null ? undefined : String(view.within)}
      options={[
        ...(between
          ? [
              {
                value: 'between',
                label: t('matter.list.due_between', {
                  from: view.from ?? '',
                  before: view.before ?? '',
                }),
              },
            ]
          : []),
        ...[...spans, ...days].map((n) => ({
          value: String(n),
          label: t('matter.list.due_within', { days: n }),
        })),
      ]}
      onChange={(value: string | undefined) =>
        set({
          due_within: value && value !== 'between' ? value : null,
          due_from: value === 'between' ? view.from : null,
          due_before: value === 'between' ? view.before : null,
          overdue: null,
        })
      }
    />
  );
}

// Looked for when it is entered, not with every letter.
function WordBox({ text, set }: { text: string; set: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setTyped(text);
  }
  return (
    <Input
      className="word-box"
      aria-label={t('matter.list.word')}
      placeholder={t('matter.list.word')}
      maxLength={100}
      allowClear
      prefix={<Icon name="search" size={16} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        if (event.target.value === '' && text !== '') set('');
      }}
      onPressEnter={() => set(typed.trim())}
      onBlur={() => (typed.trim() === text ? undefined : set(typed.trim()))}
    />
  );
}

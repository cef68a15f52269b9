// Which duties, which period, which tree, in which order: kept in the address.
import { Select } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Column } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay, periodTitle } from '@/i18n/format';
import { DayChoice } from '@/ui/day_choice';
import { useGroupTitles } from './hooks';

export function useStandingView() {
  const [search] = useSearchParams();
  const text = search.toString();
  return useMemo(() => {
    const params = new URLSearchParams(text);
    const bundle = params.get('bundle');
    const order = params.get('order') === 'worst' ? ('worst' as const) : ('official' as const);
    return {
      bundle,
      order,
      tree: params.get('tree') ?? 'affiliation',
      period: params.get('period'),
      on: params.get('on'),
      treeOf: params.get('tree_of'),
      search: text ? `?${text}` : '',
      query: {
        tree: params.get('tree'),
        tree_of: params.get('tree_of'),
        period: params.get('period'),
        on: params.get('on'),
      },
      // For sheets: what was chosen, in words.
      said: [
        bundle,
        params.get('period')
          ? periodTitle(params.get('period') ?? '')
          : t('standing.current_period'),
        t(`standing.tree.${params.get('tree') ?? 'affiliation'}`),
        params.get('on') ? t('day.notice', { day: fullDay(params.get('on') ?? '') }) : null,
        params.get('tree_of') ? t('standing.tree_of.notice') : null,
      ],
      columns: (all: Column[]) =>
        bundle ? all.filter((column) => (column.bundle ?? column.pack) === bundle) : all,
    };
  }, [text]);
}

export type StandingView = ReturnType<typeof useStandingView>;

export function StandingFilters({ columns, alone }: { columns: Column[]; alone?: boolean }) {
  const view = useStandingView();
  const { me } = useSession();
  const [, setSearch] = useSearchParams();
  const titleOf = useGroupTitles(columns.map((column) => column.pack));
  const set = (name: string, value: string | null | undefined) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const groups = new Map<string, string[]>();
  for (const column of columns) {
    const group = column.bundle ?? column.pack;
    groups.set(group, [...(groups.get(group) ?? []), column.title]);
  }
  const year = me.today.slice(0, 4);
  const campaigns = [
    ...new Set(columns.map((one) => one.period).filter((one) => one.startsWith('campaign:'))),
  ];
  const periods = [
    ...Array.from(
      { length: Number(me.today.slice(5, 7)) },
      (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`,
    ).reverse(),
    ...campaigns,
    `${year}-Q1`,
    `${year}-Q2`,
    `${year}-Q3`,
    `${year}-Q4`,
    year,
  ];
  return (
    <div className="row filters">
      <Select
        aria-label={t('standing.bundle')}
        value={view.bundle ?? ''}
        popupMatchSelectWidth={false}
        style={{ minWidth: 170 }}
        options={[
          { value: '', label: t('standing.all_duties') },
          ...[...groups].map(([group, titles]) => ({
            value: group,
            label: titleOf(group),
            title: titles.join(comma()),
          })),
        ]}
        onChange={(value: string) => set('bundle', value)}
      />
      <Select
        aria-label={t('standing.period')}
        value={view.period ?? ''}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        options={[
          { value: '', label: t('standing.current_period') },
          ...periods.map((period) => ({ value: period, label: periodTitle(period) })),
        ]}
        onChange={(value: string) => set('period', value)}
      />
      <DayChoice />
      {alone ? null : <Rows view={view} set={set} />}
    </div>
  );
}

// What concerns only who has others below.
function Rows(props: {
  view: {
    tree: string;
    treeOf: string | null;
    period: string | null;
    on: string | null;
    order: string;
  };
  set: (name: string, value: string | null) => void;
}) {
  const { view, set } = props;
  return (
    <>
      <Pick
        label={t('standing.tree')}
        value={view.tree}
        options={['affiliation', 'seat']}
        words="standing.tree"
        choose={(value) => set('tree', value === 'affiliation' ? null : value)}
      />
      {view.period || view.on || view.treeOf ? (
        <Pick
          label={t('standing.tree_of')}
          value={view.treeOf ?? 'then'}
          options={['then', 'today']}
          words="standing.tree_of"
          choose={(value) => set('tree_of', value === 'then' ? null : value)}
        />
      ) : null}
      <Pick
        label={t('standing.order')}
        value={view.order}
        options={['official', 'worst']}
        words="standing.order"
        choose={(value) => set('order', value === 'official' ? null : value)}
      />
    </>
  );
}

/** Said wherever figures of another time are rolled up by today's tree. */
export function TreeNotice() {
  const view = useStandingView();
  if (!view.treeOf) return null;
  return (
    <p className="notice" role="status" style={{ marginBottom: 12 }}>
      {t('standing.tree_of.notice')}
    </p>
  );
}

function Pick(props: {
  label: string;
  value: string;
  options: string[];
  words: string;
  choose: (value: string) => void;
}) {
  return (
    <div className="row" role="radiogroup" aria-label={props.label} style={{ gap: 4 }}>
      {props.options.map((one) => (
        <button
          key={one}
          type="button"
          role="radio"
          className="chip"
          aria-checked={props.value === one}
          onClick={() => props.choose(one)}
        >
          {t(`${props.words}.${one}`)}
        </button>
      ))}
    </div>
  );
}

// A campaign as bars: when each batch and phase is, and how far its bundles and duties are.
import type { ReactNode } from 'react';
import { useQueries } from '@tanstack/react-query';
import type { Campaign, Cell, Column, PackDetails, Standing } from '@/api/types';
import { get } from '@/api/client';
import { useGet } from '@/api/hooks';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, aside, daysBetween } from '@/i18n/format';

/** A duty of the campaign, or of one of its phases, with the figures of all who take part. */
export type DutyFigures = { column: Column; cell: Cell };

/** Of the campaign and its phases, as the unit's whole subtree stands today. */
export function useFigures(campaign: Campaign, unit: string): DutyFigures[] | undefined {
  const may = useMay('standing_read');
  const periods = [
    `campaign:${campaign.id}`,
    ...campaign.phases.map((phase) => `phase:${campaign.id}:${phase.id}`),
  ];
  const found = useQueries({
    queries: periods.map((period) => ({
      queryKey: [`/units/${unit}/standing`, { period }],
      queryFn: () => get<Standing>(`/units/${unit}/standing`, { period }),
      enabled: may,
      staleTime: 20_000,
      retry: false,
    })),
  });
  if (found.some((one) => one.isPending && one.fetchStatus !== 'idle')) return undefined;
  return found.flatMap(({ data }) =>
    (data?.columns ?? []).flatMap((column, i) => {
      const cell = data?.cells[i];
      return cell && cell.due > 0 ? [{ column, cell }] : [];
    }),
  );
}

type Span = { label: string; from: string; until: string; kind: 'batch' | 'phase' };

const spansOf = (campaign: Campaign): Span[] => [
  ...campaign.batches.map((batch) => ({
    label: batch.title ?? batch.id,
    from: batch.from,
    until: batch.until,
    kind: 'batch' as const,
  })),
  ...campaign.phases.flatMap((phase) =>
    phase.days.flatMap((days) => {
      const batch = campaign.batches.find((one) => one.id === days.batch);
      const of = campaign.batches.length > 1 ? ` · ${batch?.title ?? days.batch}` : '';
      return days.until
        ? [
            {
              label: `${phase.title}${of}`,
              from: days.from,
              until: days.until,
              kind: 'phase' as const,
            },
          ]
        : [];
    }),
  ),
];

export function SpanBars({ campaign, today }: { campaign: Campaign; today: string }) {
  const spans = spansOf(campaign);
  const first = spans.reduce((least, one) => (one.from < least ? one.from : least), today);
  const last = spans.reduce((most, one) => (one.until > most ? one.until : most), today);
  const all = Math.max(1, daysBetween(first, last));
  const at = (day: string) => `${(100 * daysBetween(first, day)) / all}%`;
  return (
    <ul className="spans" aria-label={t('campaign.spans')}>
      {spans.map((span) => (
        <li key={`${span.kind} ${span.label}`}>
          <div className="row between">
            <span>{span.label}</span>
            <span className="muted small num">
              {t('calendar.span', { from: span.from, until: addDays(span.until, -1) })}
            </span>
          </div>
          <div className="span-line" aria-hidden="true">
            <i
              className={span.kind}
              style={{
                insetInlineStart: at(span.from),
                width: `${(100 * daysBetween(span.from, span.until)) / all}%`,
              }}
            />
            <b style={{ insetInlineStart: at(today) }} />
          </div>
        </li>
      ))}
    </ul>
  );
}

type Sum = { due: number; done: number; unknown: number };
export const sum = (list: DutyFigures[]): Sum =>
  list.reduce(
    (all, { cell }) => ({
      due: all.due + cell.due,
      done: all.done + cell.done,
      unknown: all.unknown + cell.unknown,
    }),
    { due: 0, done: 0, unknown: 0 },
  );

/** What is unknown is said, and never drawn as done. */
export function Bar(props: {
  label: ReactNode;
  of: Sum;
  strong?: boolean;
  children?: ReactNode | undefined;
}) {
  const { due, done, unknown } = props.of;
  return (
    <li>
      <div className="row between">
        {props.strong ? <strong>{props.label}</strong> : <span>{props.label}</span>}
        <span className="muted small num">
          {t('campaign.done_of', { done, due })}
          {unknown > 0 ? aside(t('campaign.unknown_of', { n: unknown })) : ''}
        </span>
      </div>
      <div className="done-line" aria-hidden="true">
        <i style={{ width: `${due > 0 ? (100 * done) / due : 0}%` }} />
      </div>
      {props.children}
    </li>
  );
}

/** Bundles with their duties below them, then the duties of none. */
export function DutyBars({ campaign, figures }: { campaign: Campaign; figures: DutyFigures[] }) {
  const may = useMay('pack_read');
  const pack = useGet<PackDetails>(`/packs/${campaign.pack}`, {}, may, 600_000).data;
  const bundles = (pack?.bundles ?? [])
    .map((bundle) => ({
      bundle,
      of: figures.filter(({ column }) => bundle.obligations.includes(column.obligation)),
    }))
    .filter(({ of }) => of.length > 0);
  const bundled = new Set(bundles.flatMap(({ bundle }) => bundle.obligations));
  const bar = ({ column, cell }: DutyFigures) => (
    <Bar key={`${column.obligation} ${column.period}`} label={column.title} of={cell} />
  );
  return (
    <ul className="dones" aria-label={t('campaign.duties')}>
      {bundles.map(({ bundle, of }) => (
        <li key={bundle.address} className="bundle">
          <ul>
            <Bar label={bundle.title} of={sum(of)} strong />
            {of.map(bar)}
          </ul>
        </li>
      ))}
      {figures.filter(({ column }) => !bundled.has(column.obligation)).map(bar)}
    </ul>
  );
}

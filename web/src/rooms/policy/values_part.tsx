// Values that a document left open: assumed ones that nobody has decided, those that wait for a
// second person, and those that were decided here, with who and when.
import { useState } from 'react';
import type { AssumedValue, AssumedValueList, ParameterValue, Step } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { comma, fullDay, instant } from '@/i18n/format';
import { ClauseTag } from '@/rooms/compliance/explain';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Bones, Empty, Loaded } from '@/ui/states';
import { ConfirmBox, ProposeBox, WithdrawBox } from './value_boxes';
import { useValues } from './hooks';
import { isTyped, valueText } from './values';

const withUnit = (one: AssumedValue) => `${valueText(one.value)} ${one.unit ?? ''}`.trim();
const decides = (one: AssumedValue) => one.decides.map((duty) => duty.title).join(comma());

export const assumedColumns = (
  action?: (one: AssumedValue) => React.ReactNode,
): TableColumn<AssumedValue>[] => [
  {
    head: t('policy.parameter'),
    cell: (one) => (
      <span>
        <strong>{one.title}</strong>
        <span className="small muted" style={{ display: 'block' }}>
          {one.address}
        </span>
      </span>
    ),
    value: (one) => one.title,
  },
  {
    head: t('values.assumed'),
    num: true,
    cell: (one) => (
      <span>
        <b>{withUnit(one)}</b> <span className="tag warn">{wordOf('basis', 'assumed')}</span>
      </span>
    ),
    value: withUnit,
  },
  { head: t('values.why'), cell: (one) => one.note, value: (one) => one.note ?? '' },
  {
    head: t('values.decides'),
    cell: (one) => decides(one) || <span className="muted">{t('values.decides_nothing')}</span>,
    value: decides,
  },
  {
    head: t('policy.clauses'),
    cell: (one) => (
      <span className="row" style={{ gap: 4 }}>
        {one.clauses.map((clause) => (
          <ClauseTag key={clause} clause={clause} />
        ))}
      </span>
    ),
    value: (one) => one.clauses.join(comma()),
  },
  {
    head: t('policy.review'),
    num: true,
    cell: (one) => one.review_by,
    value: (one) => one.review_by,
  },
  ...(action ? [{ head: t('values.propose'), quiet: true, end: true, cell: action }] : []),
];

const who = (step: Step | null) =>
  step ? `${step.name ?? t('values.program')} ${instant(step.at)}` : '';

const decidedColumns = (
  shown: 'proposed' | 'in_force',
  action?: (one: ParameterValue) => React.ReactNode,
): TableColumn<ParameterValue>[] => [
  {
    head: t('policy.parameter'),
    cell: (one) => (
      <span>
        <strong>{one.title ?? one.parameter}</strong>
        <span className="small muted" style={{ display: 'block' }}>
          {one.parameter}
        </span>
      </span>
    ),
    value: (one) => one.title ?? one.parameter,
  },
  {
    head: t('policy.value'),
    num: true,
    cell: (one) => <b>{valueText(one.value)}</b>,
    value: (one) => valueText(one.value),
  },
  { head: t('values.from'), num: true, cell: (one) => fullDay(one.from), value: (one) => one.from },
  {
    head: t('values.ref'),
    cell: (one) => (
      <span>
        {one.ref}
        {one.note ? <span className="muted small"> {one.note}</span> : null}
      </span>
    ),
    value: (one) => one.ref,
  },
  {
    head: t('values.proposed'),
    num: true,
    cell: (one) => who(one.proposed),
    value: (one) => who(one.proposed),
  },
  ...(shown === 'in_force'
    ? [
        {
          head: t('values.confirmed'),
          num: true,
          cell: (one: ParameterValue) => who(one.confirmed),
          value: (one: ParameterValue) => who(one.confirmed),
        },
      ]
    : []),
  ...(action ? [{ head: t('values.confirm'), quiet: true, end: true, cell: action }] : []),
];

type Loadable = {
  data: AssumedValueList | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
};

export function Values({ assumed }: { assumed: Loadable }) {
  const may = useMay('pack_propose');
  const proposed = useValues('proposed');
  const decided = useValues('in_force');
  const [open, setOpen] = useState<AssumedValue | null>(null);
  // All three at once: one that comes later would push the next out of its place.
  if ([assumed, proposed, decided].some((one) => one.isPending)) return <Bones lines={18} />;
  const waiting = new Set(proposed.data?.items.map((one) => one.parameter));
  const action = (one: AssumedValue) =>
    waiting.has(one.address) ? (
      <span className="muted">{t('values.waits')}</span>
    ) : isTyped(one.type, one.by) ? (
      <Button onClick={() => setOpen(one)}>{t('values.propose')}</Button>
    ) : (
      <span className="muted small">{t('values.in_pack')}</span>
    );
  return (
    <div className="stack" style={{ gap: 28 }}>
      <section>
        <h2>{t('values.assumed_title')}</h2>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('values.assumed_text')}
        </p>
        <Loaded of={assumed}>
          {(list) =>
            list.items.length === 0 ? (
              <Empty name="assumed" icon="check" />
            ) : (
              <DataTable
                label={t('values.assumed_title')}
                columns={assumedColumns(may ? action : undefined)}
                rows={list.items}
                keyOf={(one) => one.address}
              />
            )
          }
        </Loaded>
      </section>
      <Proposed of={proposed} />
      <Decided />
      {open ? <ProposeBox of={open} close={() => setOpen(null)} /> : null}
    </div>
  );
}

function Proposed({ of }: { of: ReturnType<typeof useValues> }) {
  const { me } = useSession();
  const mayConfirm = useMay('pack_activate');
  const mayPropose = useMay('pack_propose');
  const [confirming, setConfirming] = useState<ParameterValue | null>(null);
  const [withdrawing, setWithdrawing] = useState<ParameterValue | null>(null);
  if ((of.data?.items.length ?? 0) === 0) return null;
  const action = (one: ParameterValue) => (
    <span className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
      {mayConfirm && one.proposed.by !== me.account.id ? (
        <Button onClick={() => setConfirming(one)}>{t('values.confirm')}</Button>
      ) : null}
      {mayPropose ? (
        <Button look="quiet" onClick={() => setWithdrawing(one)}>
          {t('values.withdraw')}
        </Button>
      ) : null}
    </span>
  );
  return (
    <section>
      <h2>{t('values.proposed_title')}</h2>
      <p className="muted" style={{ marginBottom: 10 }}>
        {t('values.proposed_text')}
      </p>
      <DataTable
        label={t('values.proposed_title')}
        columns={decidedColumns('proposed', mayConfirm || mayPropose ? action : undefined)}
        rows={of.data?.items ?? []}
        keyOf={(one) => one.id}
      />
      {confirming ? <ConfirmBox of={confirming} close={() => setConfirming(null)} /> : null}
      {withdrawing ? <WithdrawBox of={withdrawing} close={() => setWithdrawing(null)} /> : null}
    </section>
  );
}

function Decided() {
  const decided = useValues('in_force');
  return (
    <section>
      <h2 style={{ marginBottom: 10 }}>{t('values.decided_title')}</h2>
      <Loaded of={decided}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('values.none_decided')}</p>
          ) : (
            <DataTable
              label={t('values.decided_title')}
              columns={decidedColumns('in_force')}
              rows={list.items}
              keyOf={(one) => one.id}
            />
          )
        }
      </Loaded>
    </section>
  );
}

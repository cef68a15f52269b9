// A value is proposed by one person and put in force by another.
import { Select } from 'antd';
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { AssumedValue, ParameterValue, Proposed } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import { durationUnits, type Typed, typedOf, valueFrom, valueText } from './values';

export function ValueField(props: {
  of: { type: string; unit: string | null };
  typed: Typed;
  change: (typed: Typed) => void;
}) {
  const { of, typed, change } = props;
  const input = (type: string, more: object = {}) => (
    <input
      id="value"
      className="text"
      type={type}
      value={typed.text}
      onChange={(event) => change({ ...typed, text: event.target.value })}
      {...more}
    />
  );
  if (of.type === 'bool') {
    return (
      <div className="row" role="group" aria-label={t('policy.value')}>
        {['true', 'false'].map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={typed.text === one}
            onClick={() => change({ ...typed, text: one })}
          >
            {t(one === 'true' ? 'act.yes' : 'act.no')}
          </button>
        ))}
      </div>
    );
  }
  return (
    <div className="row" style={{ flexWrap: 'nowrap' }}>
      {of.type === 'int'
        ? input('text', { inputMode: 'numeric', style: { maxWidth: 140 } })
        : of.type === 'date'
          ? input('date', { style: { maxWidth: 200 } })
          : of.type === 'month_day'
            ? input('text', { placeholder: '03-31', style: { maxWidth: 140 } })
            : of.type === 'duration'
              ? input('text', { inputMode: 'numeric', style: { maxWidth: 100 } })
              : input('text')}
      {of.type === 'duration' ? (
        <Select
          aria-label={t('values.duration_unit')}
          value={typed.unit}
          style={{ minWidth: 120 }}
          options={durationUnits.map((unit) => ({
            value: unit,
            label: t(`duration_unit.${unit}`),
          }))}
          onChange={(unit: string) => change({ ...typed, unit })}
        />
      ) : (
        <span>{of.unit}</span>
      )}
    </div>
  );
}

export function ProposeBox({ of, close }: { of: AssumedValue; close: () => void }) {
  const { me } = useSession();
  const [typed, setTyped] = useState(typedOf(of.value));
  const [from, setFrom] = useState(me.today);
  const [ref, setRef] = useState('');
  const propose = usePost<Proposed>('/parameter-values');
  const value = valueFrom(of.type, typed);
  const send = () =>
    propose.mutate(
      { body: { parameter: of.address, value, from, ref: ref.trim() } },
      { onSuccess: close },
    );
  return (
    <Box title={t('values.propose_title', { title: of.title })} close={close}>
      <div className="stack" style={{ gap: 14 }}>
        <p className="reading">{of.sentence}</p>
        <div className="field">
          <label htmlFor="value">{t('policy.value')}</label>
          <ValueField of={of} typed={typed} change={setTyped} />
        </div>
        <div className="field">
          <label htmlFor="value-from">{t('values.from')}</label>
          <input
            id="value-from"
            className="text"
            type="date"
            style={{ maxWidth: 200 }}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <span className="hint">{t('values.from_hint')}</span>
        </div>
        <div className="field">
          <label htmlFor="value-ref">{t('values.ref')}</label>
          <input
            id="value-ref"
            className="text"
            maxLength={200}
            value={ref}
            onChange={(event) => setRef(event.target.value)}
          />
          <span className="hint">{t('values.ref_hint')}</span>
        </div>
        <Refusals error={propose.error} />
        <div className="row">
          <Button
            look="main"
            busy={propose.isPending}
            disabled={value === undefined || !from || !ref.trim()}
            onClick={send}
          >
            {t('values.propose')}
          </Button>
          <span className="muted small">{t('values.two_persons')}</span>
        </div>
      </div>
    </Box>
  );
}

function Facts({ of }: { of: ParameterValue }) {
  return (
    <dl className="facts">
      <dt>{t('policy.value')}</dt>
      <dd className="num">{valueText(of.value)}</dd>
      <dt>{t('values.from')}</dt>
      <dd className="num">{fullDay(of.from)}</dd>
      <dt>{t('values.ref')}</dt>
      <dd>{of.ref}</dd>
      <dt>{t('values.proposed')}</dt>
      <dd>{of.proposed.name}</dd>
    </dl>
  );
}

export function ConfirmBox({ of, close }: { of: ParameterValue; close: () => void }) {
  const confirm = usePost<Proposed>(`/parameter-values/${of.id}/confirmation`);
  return (
    <Box title={t('values.confirm_title', { title: of.title ?? of.parameter })} close={close}>
      <div className="stack">
        <Facts of={of} />
        <p>{t('values.confirm_text')}</p>
        <Refusals error={confirm.error} />
        <div className="row">
          <Button
            look="main"
            busy={confirm.isPending}
            onClick={() => confirm.mutate({ body: { version: of.version } }, { onSuccess: close })}
          >
            {t('values.confirm')}
          </Button>
        </div>
      </div>
    </Box>
  );
}

export function WithdrawBox({ of, close }: { of: ParameterValue; close: () => void }) {
  const [reason, setReason] = useState('');
  const withdraw = usePost<Proposed>(`/parameter-values/${of.id}/withdrawal`);
  const send = () =>
    withdraw.mutate({ body: { version: of.version, reason: reason.trim() } }, { onSuccess: close });
  return (
    <Box title={t('values.withdraw_title', { title: of.title ?? of.parameter })} close={close}>
      <div className="stack">
        <Facts of={of} />
        <div className="field">
          <label htmlFor="withdraw-reason">{t('record.reason')}</label>
          <input
            id="withdraw-reason"
            className="text"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <Refusals error={withdraw.error} />
        <div className="row">
          <Button look="danger" busy={withdraw.isPending} disabled={!reason.trim()} onClick={send}>
            {t('values.withdraw')}
          </Button>
        </div>
      </div>
    </Box>
  );
}

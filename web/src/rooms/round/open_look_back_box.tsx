// Opening a round of look-backs: each that is settled once, or a sample that the server draws.
import { InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { OpenForm, type Opening } from './open_form';

const samples = ['all', 'size', 'percent'] as const;
const strata = ['none', 'type', 'parent'] as const;
type Sample = (typeof samples)[number];

export function OpenLookBackBox({
  unit,
  close,
}: {
  unit: { id: string; name: string };
  close: () => void;
}) {
  const { me } = useSession();
  const types = useMatterTypes();
  const [opening, set] = useState<Opening>(() => ({
    name: t('look_round.name_of', { month: Number(me.today.slice(5, 7)) }),
    day: addDays(me.today, 30),
    types: [],
  }));
  const [sample, setSample] = useState<Sample>('all');
  const [amount, setAmount] = useState(20);
  const [by, setBy] = useState<(typeof strata)[number]>('none');
  return (
    <OpenForm
      id="look-round"
      title={t('look_round.open_one')}
      text={t('look_round.open_text', { unit: unit.name })}
      submit={t('look_round.open_submit')}
      dayTitle={t('look_round.until')}
      types={(types.data?.items ?? []).filter((type) => type.in_look_backs)}
      opening={opening}
      set={set}
      path="/look-back-rounds"
      body={{
        unit: unit.id,
        until: opening.day,
        ...(sample === 'all' ? {} : { [sample]: amount, strata: by }),
      }}
      close={close}
    >
      <div className="row" role="group" aria-label={t('look_round.sample')}>
        {samples.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={sample === one}
            onClick={() => setSample(one)}
          >
            {t(`look_round.sample.${one}`)}
          </button>
        ))}
      </div>
      {sample === 'all' ? null : (
        <div className="pair">
          <div className="field">
            <label htmlFor="look-round-amount">{t(`look_round.sample.${sample}`)}</label>
            <InputNumber
              id="look-round-amount"
              min={1}
              max={sample === 'percent' ? 100 : 5000}
              value={amount}
              onChange={(value) => setAmount(value ?? 20)}
            />
          </div>
          <div className="field">
            <label htmlFor="look-round-strata">{t('look_round.strata')}</label>
            <Select
              id="look-round-strata"
              value={by}
              options={strata.map((one) => ({
                value: one,
                label: t(`look_round.strata.${one}`),
              }))}
              onChange={setBy}
            />
          </div>
        </div>
      )}
      <p className="small muted">{t('look_round.seed_text')}</p>
    </OpenForm>
  );
}

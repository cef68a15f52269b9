// Opening a round: what it is called, by when lines are wanted, and what asks for one.
import { InputNumber } from 'antd';
import { useState } from 'react';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { OpenForm, type Opening } from './open_form';

export function OpenBox({
  unit,
  close,
}: {
  unit: { id: string; name: string };
  close: () => void;
}) {
  const { me } = useSession();
  const types = useMatterTypes();
  const [opening, set] = useState<Opening>(() => ({
    name: t('round.name_of', { month: Number(me.today.slice(5, 7)) }),
    day: addDays(me.today, 5),
    types: [],
  }));
  const [near, setNear] = useState(10);
  const [silent, setSilent] = useState(30);
  return (
    <OpenForm
      id="round"
      title={t('round.open_one')}
      text={t('round.open_text', { unit: unit.name })}
      submit={t('round.open_submit')}
      dayTitle={t('round.cutoff')}
      types={(types.data?.items ?? []).filter((type) => type.in_rounds)}
      opening={opening}
      set={set}
      path="/rounds"
      body={{ unit: unit.id, cutoff: opening.day, near_days: near, silent_days: silent }}
      close={close}
    >
      <div className="pair">
        <div className="field">
          <label htmlFor="round-near">{t('round.near_days')}</label>
          <InputNumber
            id="round-near"
            min={0}
            max={60}
            value={near}
            onChange={(value) => setNear(value ?? 10)}
          />
        </div>
        <div className="field">
          <label htmlFor="round-silent">{t('round.silent_days')}</label>
          <InputNumber
            id="round-silent"
            min={1}
            max={365}
            value={silent}
            onChange={(value) => setSilent(value ?? 30)}
          />
        </div>
      </div>
    </OpenForm>
  );
}

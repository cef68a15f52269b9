// Opening a round of look-backs: each that is settled once, or a sample that the server draws.
import { DatePicker, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePost } from '@/api/hooks';
import type { LookBackDrawn } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

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
  const navigate = useNavigate();
  const types = useMatterTypes();
  const looked = (types.data?.items ?? []).filter((type) => type.in_look_backs);
  const [chosen, setChosen] = useState<string[]>([]);
  const [name, setName] = useState(() =>
    t('look_round.name_of', { month: Number(me.today.slice(5, 7)) }),
  );
  const [until, setUntil] = useState(() => addDays(me.today, 30));
  const [sample, setSample] = useState<Sample>('all');
  const [amount, setAmount] = useState(20);
  const [by, setBy] = useState<(typeof strata)[number]>('none');
  const open = usePost<LookBackDrawn>('/look-back-rounds');
  const send = () =>
    open.mutate(
      {
        body: {
          unit: unit.id,
          name: name.trim(),
          until,
          ...(chosen.length > 0 ? { types: chosen } : {}),
          ...(sample === 'all' ? {} : { [sample]: amount, strata: by }),
        },
      },
      { onSuccess: (opened) => void navigate(`/look-back-rounds/${opened.id}`) },
    );
  return (
    <Box title={t('look_round.open_one')} close={close}>
      <form
        className="stack round-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="muted">{t('look_round.open_text', { unit: unit.name })}</p>
        <div className="field">
          <label htmlFor="look-round-name">{t('round.name')}</label>
          <input
            id="look-round-name"
            className="text"
            required
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="look-round-until">{t('look_round.until')}</label>
          <DatePicker
            id="look-round-until"
            allowClear={false}
            value={dayjs(until)}
            minDate={dayjs(me.today)}
            onChange={(day) => setUntil(day ? day.format('YYYY-MM-DD') : until)}
          />
        </div>
        {looked.length > 1 ? (
          <div className="field">
            <label htmlFor="look-round-types">{t('round.types')}</label>
            <Select
              id="look-round-types"
              mode="multiple"
              placeholder={t('round.types_all')}
              value={chosen}
              options={looked.map((type) => ({ value: type.name, label: type.title }))}
              onChange={setChosen}
            />
          </div>
        ) : null}
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
        <Refusals error={open.error} />
        <div>
          <Button type="submit" look="main" busy={open.isPending} disabled={!name.trim()}>
            {t('look_round.open_submit')}
          </Button>
        </div>
      </form>
    </Box>
  );
}

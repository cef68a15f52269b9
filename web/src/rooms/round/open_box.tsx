// Opening a round: what it is called, by when lines are wanted, and what asks for one.
import { DatePicker, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { usePost } from '@/api/hooks';
import type { RoundOpened } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

export function OpenBox({
  unit,
  close,
}: {
  unit: { id: string; name: string };
  close: () => void;
}) {
  const { me } = useSession();
  const navigate = useNavigate();
  const types = useMatterTypes();
  const asked = (types.data?.items ?? []).filter((type) => type.in_rounds);
  const [name, setName] = useState(() =>
    t('round.name_of', { month: Number(me.today.slice(5, 7)) }),
  );
  const [cutoff, setCutoff] = useState(() => addDays(me.today, 5));
  const [chosen, setChosen] = useState<string[]>([]);
  const [near, setNear] = useState(10);
  const [silent, setSilent] = useState(30);
  const open = usePost<RoundOpened>('/rounds');
  return (
    <Box title={t('round.open_one')} close={close}>
      <form
        className="stack round-form"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate(
            {
              body: {
                unit: unit.id,
                name: name.trim(),
                cutoff,
                near_days: near,
                silent_days: silent,
                ...(chosen.length > 0 ? { types: chosen } : {}),
              },
            },
            { onSuccess: (opened) => void navigate(`/rounds/${opened.id}`) },
          );
        }}
      >
        <p className="muted">{t('round.open_text', { unit: unit.name })}</p>
        <div className="field">
          <label htmlFor="round-name">{t('round.name')}</label>
          <input
            id="round-name"
            className="text"
            required
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="round-cutoff">{t('round.cutoff')}</label>
          <DatePicker
            id="round-cutoff"
            allowClear={false}
            value={dayjs(cutoff)}
            minDate={dayjs(me.today)}
            onChange={(day) => setCutoff(day ? day.format('YYYY-MM-DD') : cutoff)}
          />
        </div>
        {asked.length > 1 ? (
          <div className="field">
            <label htmlFor="round-types">{t('round.types')}</label>
            <Select
              id="round-types"
              mode="multiple"
              placeholder={t('round.types_all')}
              value={chosen}
              options={asked.map((type) => ({ value: type.name, label: type.title }))}
              onChange={setChosen}
            />
          </div>
        ) : null}
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
        <Refusals error={open.error} />
        <div>
          <Button type="submit" look="main" busy={open.isPending} disabled={!name.trim()}>
            {t('round.open_submit')}
          </Button>
        </div>
      </form>
    </Box>
  );
}

// What opening a round asks for, of either kind: its name, its last day and the ledgers it is about.
import { DatePicker, Select } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { usePost } from '@/api/hooks';
import type { MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

export type Opening = { name: string; day: string; types: string[] };

export function OpenForm(props: {
  id: string;
  title: string;
  text: string;
  submit: string;
  dayTitle: string;
  types: MatterType[];
  opening: Opening;
  set: (opening: Opening) => void;
  path: string; // of the page and of the API
  body: object; // what it asks for beyond what is here
  close: () => void;
  children: ReactNode;
}) {
  const { id, types, opening, set, path } = props;
  const { me } = useSession();
  const navigate = useNavigate();
  const open = usePost<{ id: string }>(path);
  const name = opening.name.trim();
  const chosen = opening.types.length > 0 ? { types: opening.types } : {};
  return (
    <Box title={props.title} close={props.close}>
      <form
        className="stack round-form"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate(
            { body: { name, ...chosen, ...props.body } },
            { onSuccess: (opened) => void navigate(`${path}/${opened.id}`) },
          );
        }}
      >
        <p className="muted">{props.text}</p>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('round.name')}</label>
          <input
            id={`${id}-name`}
            className="text"
            required
            maxLength={60}
            value={opening.name}
            onChange={(event) => set({ ...opening, name: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-day`}>{props.dayTitle}</label>
          <DatePicker
            id={`${id}-day`}
            allowClear={false}
            value={dayOf(opening.day)}
            minDate={dayOf(me.today)}
            onChange={(day) =>
              set({ ...opening, day: day ? day.format('YYYY-MM-DD') : opening.day })
            }
          />
        </div>
        {types.length > 1 ? (
          <div className="field">
            <label htmlFor={`${id}-types`}>{t('round.types')}</label>
            <Select
              id={`${id}-types`}
              mode="multiple"
              placeholder={t('round.types_all')}
              value={opening.types}
              options={types.map((type) => ({ value: type.name, label: type.title }))}
              onChange={(names) => set({ ...opening, types: names })}
            />
          </div>
        ) : null}
        {props.children}
        <Refusals error={open.error} />
        <div>
          <Button type="submit" look="main" busy={open.isPending} disabled={!name}>
            {props.submit}
          </Button>
        </div>
      </form>
    </Box>
  );
}

// A reminder by a person (催办): of one matter or of those that are listed. What it would reach is
// shown before it is sent, with what may not be sent yet and why.
import { useState } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { Matter, ReminderPreview, Reminders } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay } from '@/i18n/format';
import '@/rooms/compliance/todo.css';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Loaded, Refusals } from '@/ui/states';

const atOnceMost = 100;

export function RemindButton(props: {
  matters: Matter[];
  label: string;
  done: (n: number) => void;
}) {
  const may = useMay('matter_change');
  const [open, setOpen] = useState(false);
  const ids = props.matters
    .filter((one) => one.is_open)
    .slice(0, atOnceMost)
    .map((one) => one.id);
  if (!may || ids.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{props.label}</Button>
      {open ? (
        <Preview
          ids={ids}
          close={() => setOpen(false)}
          done={(n) => {
            setOpen(false);
            props.done(n);
          }}
        />
      ) : null}
    </>
  );
}

function Preview(props: { ids: string[]; close: () => void; done: (n: number) => void }) {
  const preview = useGet<ReminderPreview>('/reminders', { matters: props.ids.join(',') }, true, 0);
  const sending = usePost<Reminders>('/reminders');
  const allowed = (preview.data?.items ?? []).filter((one) => one.allowed);
  const send = () =>
    sending.mutate(
      { body: { matters: allowed.map((one) => one.matter.id) } },
      { onSuccess: (sent) => props.done(sent.reminded.length) },
    );
  return (
    <Drawer title={t('reminder.action')} close={props.close}>
      <div className="stack">
        <p className="muted">{t('reminder.note')}</p>
        <Loaded of={preview} lines={4}>
          {(list) => (
            <ul className="lines">
              {list.items.map((one) => (
                <li key={one.matter.id} className="todo">
                  <div className="grow">
                    <p>
                      {one.matter.type_title} · {t('record.number_is', { id: one.matter.id })}
                    </p>
                    <p className="small muted">
                      {one.units.length > 0
                        ? t('reminder.to', {
                            units: one.units.map((unit) => nameOf(unit)).join(comma()),
                          })
                        : null}{' '}
                      {one.times > 0 && one.last
                        ? t('reminder.was', { n: one.times, day: fullDay(one.last) })
                        : null}
                    </p>
                    {one.why.map((why) => (
                      <p key={why.code} className="small">
                        {why.code === 'wrong_state' && one.last
                          ? t('reminder.too_soon')
                          : why.code === 'wrong_state'
                            ? t('reminder.nobody')
                            : why.say}
                      </p>
                    ))}
                  </div>
                  <span className="tag">
                    {t(one.allowed ? 'reminder.will' : 'reminder.will_not')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        {sending.error ? <Refusals error={sending.error} /> : null}
        <p>
          <Button
            look="main"
            busy={sending.isPending}
            disabled={allowed.length === 0}
            onClick={send}
          >
            {t('reminder.send', { n: allowed.length })}
          </Button>
        </p>
      </div>
    </Drawer>
  );
}

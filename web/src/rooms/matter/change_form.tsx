// A move or an edit in a drawer. Who comes second is told who was first, loses nothing of what he
// typed, and may send it again for the matter as it stands now.
import { useState, type ReactNode } from 'react';
import type { MatterChanged, MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import { ChangeFields } from './change_fields';
import { isOvertaken, useDrafting, useSending } from './drafting';
import { contentOf, stateIn } from './say';
import { whatOf, whoOf } from './timeline';
import { type Asks, type Change, wrongIn } from './types';

type Props = {
  matter: MatterWhole;
  type: MatterType | undefined;
  title: string;
  about: string; // of the draft
  path: string;
  asks: Asks;
  fresh: () => Change;
  body: (change: Change) => object;
  submit: string;
  blocked?: string[] | undefined; // why it may not be sent, as the matter stands now
  close: () => void;
  done: (changed: MatterChanged) => void;
  children?: ReactNode;
};

export function ChangeForm(props: Props) {
  const { matter, type, asks } = props;
  const draft = useDrafting(props.about, props.fresh);
  const sending = useSending(props.path);
  const [seen, setSeen] = useState(matter.version);
  const since = matter.timeline.filter((step) => step.version > seen);
  const overtaken = since.length > 0;
  const blocked = overtaken ? (props.blocked ?? []) : [];
  const save = () => {
    setSeen(matter.version);
    sending.send({ version: matter.version, ...props.body(draft.change) }, (changed) => {
      draft.drop();
      props.done(changed);
    });
  };
  return (
    <Drawer title={props.title} close={props.close}>
      <form
        className="stack matter-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="matter-quote">{contentOf(matter, type)}</p>
        {props.children}
        {draft.restored ? (
          <div className="notice row between">
            <span>{t('record.restored')}</span>
            <Button onClick={draft.startOver}>{t('record.start_over')}</Button>
          </div>
        ) : null}
        <ChangeFields
          type={type?.name}
          unit={matter.unit.id}
          asks={asks}
          change={draft.change}
          set={draft.set}
          except={matter.id}
          named={matter.units}
          wrong={wrongIn(sending.error)}
        />
        {overtaken ? <Overtaken {...props} since={since} blocked={blocked} /> : null}
        {sending.error && !isOvertaken(sending.error) ? <Refusals error={sending.error} /> : null}
        <div className="send">
          <Button
            type="submit"
            look="main"
            busy={sending.busy}
            disabled={blocked.length > 0 || (isOvertaken(sending.error) && !overtaken)}
          >
            {props.submit}
          </Button>
          <Button onClick={props.close}>{t('act.cancel')}</Button>
          <span className="muted small">{t('record.form.kept')}</span>
        </div>
      </form>
    </Drawer>
  );
}

function Overtaken(props: Props & { since: MatterWhole['timeline']; blocked: string[] }) {
  const { matter, type, blocked } = props;
  return (
    <div className="notice warn" role="alert">
      <strong>{t('matter.overtaken')}</strong>
      <ul>
        {props.since.map((step) => (
          <li key={step.version}>
            {t('matter.overtaken_by', {
              who: whoOf(step),
              at: instant(step.at),
              what: whatOf(step),
              state: stateIn(type, step.to),
            })}
          </li>
        ))}
      </ul>
      {blocked.length > 0 ? (
        <p>{t('matter.overtaken_blocked', { why: blocked.join(' ') })}</p>
      ) : (
        <p>{t('matter.overtaken_still', { state: matter.state_title ?? matter.state })}</p>
      )}
    </div>
  );
}

// A settled matter is looked at again: from which day on and by whom, what was found each time, and
// for whoever may look the one button to say it.
import { useState } from 'react';
import type { MatterChanged, MatterLookBack, MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { ChangeForm } from './change_form';
import { AwaitedMark, FoundMark } from './marks';
import { type Asks, bodyOf, nothing } from './types';
import { useWanted } from './wanted';

type Time = MatterLookBack['times'][number];

const asked = (): Asks => ({
  fields: [],
  unit: 'no',
  due: 'no',
  reason: 'must',
  reasonTitle: t('look_back.seen'),
  evidence: 'may',
});

export function LookBack(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  done: (said: string) => void;
}) {
  const { matter } = props;
  const [saying, setSaying] = useState(false);
  const card = useWanted('look_back');
  const of = matter.look_back;
  if (!of) return null;
  return (
    <section className="card look-back" ref={card} aria-label={t('look_back.title')}>
      <header>
        <h2>{t('look_back.title')}</h2>
        <span className="muted small">{t('look_back.by', { who: of.by })}</span>
      </header>
      <div className="body stack">
        <Due of={of} />
        {of.may?.allowed ? (
          <p>
            <Button
              look={of.due && of.outcomes.every((one) => one.open_now) ? 'main' : 'plain'}
              onClick={() => setSaying(true)}
            >
              {t('look_back.say')}
            </Button>
          </p>
        ) : null}
        {of.may && !of.may.allowed ? (
          <p className="muted small">{of.may.why.map((one) => one.say).join(' ')}</p>
        ) : null}
        <ol className="stack">
          {[...of.times]
            .reverse()
            .filter((one) => one.outcome)
            .map((one) => (
              <li key={`${one.since} ${one.at}`}>
                <Found time={one} />
              </li>
            ))}
        </ol>
      </div>
      {saying ? (
        <Saying
          {...props}
          of={of}
          close={() => setSaying(false)}
          done={(said) => {
            setSaying(false);
            props.done(said);
          }}
        />
      ) : null}
    </section>
  );
}

function Due({ of }: { of: MatterLookBack }) {
  const last = of.times.at(-1);
  if (!of.due || !last) return null;
  return (
    <p className="row">
      <AwaitedMark due={of.due} missed={of.missed} />
      <span className="num">{t('look_back.from', { day: fullDay(of.due) })}</span>
      {last.provisional ? <span className="tag">{t('mark.provisional')}</span> : null}
      {last.assumed ? <span className="tag">{t('mark.assumed')}</span> : null}
    </p>
  );
}

function Found({ time }: { time: Time }) {
  return (
    <>
      <p className="row">
        <FoundMark outcome={time.outcome} title={time.outcome_title ?? ''} />
        <span className="muted small">
          {time.by_name ?? (time.by ? t('matter.account', { id: time.by }) : t('matter.program'))}
          {time.at ? ` · ${instant(time.at)}` : ''}
        </span>
      </p>
      {time.reason ? <p className="matter-reason">{time.reason}</p> : null}
      <p className="small muted num">{t('look_back.since', { day: fullDay(time.since) })}</p>
    </>
  );
}

// What was found is chosen first: nothing is chosen for whoever looks.
function Saying(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  of: MatterLookBack;
  close: () => void;
  done: (said: string) => void;
}) {
  const { matter, type, of } = props;
  const [outcome, setOutcome] = useState('');
  const asks = asked();
  const from = of.times.at(-1)?.due ?? '';
  const title = of.outcomes.find((one) => one.outcome === outcome)?.title ?? '';
  return (
    <ChangeForm
      matter={matter}
      type={type}
      title={t('look_back.say')}
      about={`matter.${matter.id}.look_back`}
      path={`/matters/${matter.id}/look-backs`}
      asks={asks}
      fresh={() => nothing}
      body={(change) => {
        const { reason, evidence } = bodyOf(change, asks);
        return { outcome, reason: reason ?? '', ...(evidence ? { evidence } : {}) };
      }}
      submit={t('look_back.send')}
      blocked={of.may?.allowed ? [] : (of.may?.why ?? []).map((one) => one.say)}
      close={props.close}
      done={(changed: MatterChanged) =>
        props.done(t('look_back.sent', { found: title, n: changed.version }))
      }
    >
      <div className="vote-form">
        <fieldset className="stack">
          <legend>{t('look_back.found')}</legend>
          {of.outcomes.map((one) => (
            <label key={one.outcome} className={`grade ${outcome === one.outcome ? 'chosen' : ''}`}>
              <input
                type="radio"
                name="outcome"
                required
                value={one.outcome}
                checked={outcome === one.outcome}
                disabled={!one.open_now}
                onChange={() => setOutcome(one.outcome)}
              />
              <span className={one.open_now ? '' : 'muted'}>{one.title}</span>
              {one.open_now ? null : (
                <span className="muted small">
                  {t('look_back.not_before', { day: fullDay(from) })}
                </span>
              )}
            </label>
          ))}
        </fieldset>
      </div>
      <p className="muted">{t('look_back.note')}</p>
    </ChangeForm>
  );
}

// The clocks of a matter: by when, how long still, what moved the day; the extension that is asked
// for and decided about; and what the ladder reminded of or proposes for a signature.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MatterChanged, MatterClock, MatterType, MatterWhole } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { ChangeForm } from './change_form';
import { type Receipt, Receipts } from './receipts';
import { type Asks, bodyOf, type Change, nothing } from './types';

type Rung = MatterClock['rungs'][number];
type Extension = MatterClock['extensions'][number];

// What is being decided in a drawer.
type Deed = {
  title: string;
  about: string;
  path: string;
  asks: Asks;
  body: (change: Change) => object;
  why: string[]; // not, as the matter stands now
  note: string;
};

const askNothing: Asks = { fields: [], unit: 'no', due: 'no', reason: 'may', evidence: 'no' };
const saysOf = (may: { why: { say: string }[] } | null): string[] =>
  (may?.why ?? []).map((one) => one.say);

const shapes: Record<MatterClock['status'], [string, string]> = {
  not_started: ['v-not_applicable', '○'],
  running: ['v-open', '●'],
  paused: ['v-exempt', '‖'],
  expired: ['v-failed', '■'],
  in_time: ['v-met', '✓'],
  late: ['v-failed', '■'],
};

// What is not solved was not done in time either: its clock ended with it.
const unsolved = ['unfounded', 'not_ours', 'duplicate'];
function isCutOff(clock: MatterClock, matter: MatterWhole): boolean {
  if (clock.status !== 'in_time' || !unsolved.includes(matter.outcome ?? '')) return false;
  const ends = matter.timeline.findLast((one) => one.from !== null && one.to === matter.state);
  return ends !== undefined && instant(ends.at).slice(0, 10) === clock.stopped;
}

export function leftText(clock: MatterClock): string {
  const unit = t(`matter.clock.in.${clock.left_in}`);
  if (clock.status === 'paused') return t('matter.clock.left_paused', { n: clock.left, unit });
  if (clock.status === 'expired') return t('matter.clock.over', { n: -clock.left, unit });
  if (clock.status !== 'running' || !clock.due) return '';
  return clock.left === 0 ? t('matter.due.today') : t('matter.clock.left', { n: clock.left, unit });
}

export function Clocks(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  done: (said: string) => void;
}) {
  const { matter, type } = props;
  const [deed, setDeed] = useState<Deed | null>(null);
  const wanted = useSearchParams()[0].get('do');
  const shown = matter.clocks.filter((clock) => clock.status !== 'not_started');
  if (shown.length === 0) return null;
  return (
    <section className="card clocks" aria-label={t('matter.clocks')}>
      <header>
        <h2>{t('matter.clocks')}</h2>
      </header>
      <ul className="body stack">
        {shown.map((clock) => (
          <li
            key={clock.id}
            className="stack"
            ref={(line) => {
              if (wanted !== `clock.${clock.id}` || !line) return;
              line.scrollIntoView({ block: 'center' });
              line.querySelector<HTMLElement>('button.main')?.focus();
            }}
          >
            <Clock clock={clock} matter={matter} type={type} choose={setDeed} />
          </li>
        ))}
      </ul>
      {deed ? (
        <ChangeForm
          matter={matter}
          type={type}
          title={deed.title}
          about={deed.about}
          path={deed.path}
          asks={deed.asks}
          fresh={() => nothing}
          body={deed.body}
          submit={deed.title}
          blocked={deed.why}
          close={() => setDeed(null)}
          done={(changed: MatterChanged) => {
            setDeed(null);
            props.done(t('matter.deed_done', { what: deed.title, n: changed.version }));
          }}
        >
          <p className="muted">{deed.note}</p>
        </ChangeForm>
      ) : null}
    </section>
  );
}

type Parts = {
  clock: MatterClock;
  matter: MatterWhole;
  type: MatterType | undefined;
  choose: (deed: Deed) => void;
};

function Clock(parts: Parts) {
  const { clock, matter } = parts;
  const cutOff = isCutOff(clock, matter);
  const [look, shape] = shapes[cutOff ? 'not_started' : clock.status];
  const left = leftText(clock);
  return (
    <>
      <p className="row">
        <strong>{clock.title}</strong>
        <span className={`verdict ${look}`}>
          <i aria-hidden="true">{shape}</i>
          <span>
            {t(`matter.clock.status.${cutOff ? 'cut_off' : clock.status}`)}
            {left ? t('list.aside', { text: left }) : ''}
          </span>
        </span>
        {clock.due ? <span className="num">{fullDay(clock.due)}</span> : null}
        {clock.paused_since ? (
          <span className="small">
            {t('matter.clock.paused_since', { day: fullDay(clock.paused_since) })}
          </span>
        ) : null}
        {clock.provisional ? <span className="tag">{t('mark.provisional')}</span> : null}
        {clock.assumed ? <span className="tag">{t('mark.assumed')}</span> : null}
      </p>
      <History clock={clock} />
      <Waiting {...parts} />
      <Proposals {...parts} />
      {clock.ask ? <Ask {...parts} /> : null}
    </>
  );
}

// The first day never gets lost: every later one stands behind it with what made it so.
function History({ clock }: { clock: MatterClock }) {
  const reached = clock.rungs.filter((rung) => rung.reached);
  if (clock.changes.length < 2 && reached.length === 0 && clock.pauses.length === 0) return null;
  return (
    <details className="small">
      <summary>
        {clock.first_due && clock.first_due !== clock.due
          ? t('matter.due.first', { day: clock.first_due })
          : t('matter.clock.history')}
      </summary>
      <ol className="muted due-history">
        {clock.changes.map((change, i) => (
          <li key={`${change.on} ${i}`}>
            <span className="num">{change.due}</span> {t(`matter.clock.cause.${change.cause}`)}{' '}
            <span className="num">({change.on})</span>
          </li>
        ))}
        {clock.pauses.map((pause) => (
          <li key={`pause ${pause.from}`}>
            {t('matter.clock.was_paused', { from: pause.from, until: pause.until ?? '' })}
          </li>
        ))}
        {reached.map((rung) => (
          <li key={`${rung.rung} ${rung.generation}`}>
            <span className="num">{rung.reached}</span> {rung.title}
            {rung.tell ? t('list.aside', { text: t('matter.rung.told', { who: rung.tell }) }) : ''}
            {rung.premature ? <span className="tag">{t('matter.rung.premature')}</span> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Ask({ clock, matter, type, choose }: Parts) {
  const ask = clock.ask;
  if (!ask?.allowed) return null;
  const must = (name: string) => (ask.fields.includes(name) ? 'must' : 'may');
  const asks: Asks = {
    fields: ask.fields.flatMap((name) => {
      const field = type?.fields.find((one) => one.name === name);
      return field ? [{ ...field, required: true }] : [];
    }),
    unit: 'no',
    due: 'must',
    reason: must('reason'),
    evidence: must('evidence'),
  };
  return (
    <p>
      <Button
        onClick={() =>
          choose({
            title: t('matter.extension.ask'),
            about: `matter.${matter.id}.extend.${clock.id}`,
            path: `/matters/${matter.id}/extensions`,
            asks,
            body: (change) => {
              const { due, ...rest } = bodyOf(change, asks);
              return { clock: clock.id, until: due, ...rest };
            },
            why: saysOf(ask),
            note: t('matter.extension.note', { clock: clock.title, day: clock.due ?? '' }),
          })
        }
      >
        {t('matter.extension.ask')}
      </Button>
    </p>
  );
}

const asked = (one: Extension): string =>
  t(one.waiting ? 'matter.extension.waits' : 'matter.extension.was', {
    until: one.until,
    on: one.on,
    how: one.waiting
      ? ''
      : t(
          one.granted
            ? 'matter.extension.granted'
            : one.decided
              ? 'matter.extension.refused'
              : 'matter.extension.lapsed',
        ),
  });

function Waiting({ clock, matter, choose }: Parts) {
  if (clock.extensions.length === 0) return null;
  const decide = (decision: 'grant' | 'refuse', title: string): Deed => {
    const asks: Asks = { ...askNothing, reason: decision === 'refuse' ? 'must' : 'may' };
    return {
      title,
      about: `matter.${matter.id}.${decision}.${clock.id}`,
      path: `/matters/${matter.id}/extensions/decision`,
      asks,
      body: (change) => ({ clock: clock.id, decision, ...reasonOf(change, asks) }),
      why: saysOf(clock.decide),
      note: clock.extensions
        .filter((one) => one.waiting)
        .map(asked)
        .join(' '),
    };
  };
  return (
    <ul className="small">
      {clock.extensions.map((one) => (
        <li key={`${one.on} ${one.until}`} className="row">
          <span>
            {asked(one)}
            {one.reason ? t('list.aside', { text: one.reason }) : ''}
          </span>
          {one.waiting && clock.decide?.allowed ? (
            <>
              <Button
                look="main"
                onClick={() => choose(decide('grant', t('matter.extension.grant')))}
              >
                {t('matter.extension.grant')}
              </Button>
              <Button onClick={() => choose(decide('refuse', t('matter.extension.refuse')))}>
                {t('matter.extension.refuse')}
              </Button>
            </>
          ) : null}
          {one.waiting && clock.decide && !clock.decide.allowed ? (
            <span className="muted">{saysOf(clock.decide).join(' ')}</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const reasonOf = (change: Change, asks: Asks) => {
  const { reason } = bodyOf(change, asks);
  return reason ? { reason } : {};
};

// The program only proposes; a person signs, or says why not.
function Proposals({ clock, matter, choose }: Parts) {
  const proposals = clock.rungs.filter((rung) => rung.propose && rung.reached);
  if (proposals.length === 0) return null;
  const decide = (rung: Rung, decision: 'sign' | 'dismiss', title: string): Deed => {
    const asks: Asks = { ...askNothing, reason: decision === 'dismiss' ? 'must' : 'may' };
    return {
      title,
      about: `matter.${matter.id}.${decision}.${clock.id}.${rung.rung}`,
      path: `/matters/${matter.id}/steps`,
      asks,
      body: (change) => ({
        clock: clock.id,
        rung: rung.rung,
        decision,
        ...reasonOf(change, asks),
      }),
      why: saysOf(rung.sign),
      note: proposalOf(rung),
    };
  };
  const acknowledge = (rung: Rung, one: Receipt): Deed => {
    const asks: Asks = { ...askNothing, reason: 'may', reasonTitle: t('matter.receipt.answer') };
    return {
      title: t('matter.receipt.acknowledge'),
      about: `matter.${matter.id}.acknowledge.${clock.id}.${rung.rung}.${one.unit.id}`,
      path: `/matters/${matter.id}/steps/acknowledgement`,
      asks,
      body: (change) => ({
        clock: clock.id,
        rung: rung.rung,
        unit: one.unit.id,
        ...reasonOf(change, asks),
      }),
      why: [],
      note: t('matter.receipt.note', {
        rung: rung.title,
        step: wordOf('sentence.escalation', rung.propose ?? ''),
        unit: nameOf(one.unit),
      }),
    };
  };
  return (
    <ul className="small">
      {proposals.map((rung) => (
        <li key={`${rung.rung} ${rung.generation}`} className="row">
          <span>{proposalOf(rung)}</span>
          <span className="tag">{standingOf(rung)}</span>
          {rung.sign?.allowed ? (
            <>
              <Button
                look="main"
                onClick={() => choose(decide(rung, 'sign', t('matter.rung.sign')))}
              >
                {t('matter.rung.sign')}
              </Button>
              <Button onClick={() => choose(decide(rung, 'dismiss', t('matter.rung.dismiss')))}>
                {t('matter.rung.dismiss')}
              </Button>
            </>
          ) : null}
          <Receipts of={rung} acknowledge={(one) => choose(acknowledge(rung, one))} />
        </li>
      ))}
    </ul>
  );
}

const proposalOf = (rung: Rung): string =>
  t('matter.rung.proposes', {
    rung: rung.title,
    step: wordOf('sentence.escalation', rung.propose ?? ''),
    day: rung.reached ?? '',
  });

function standingOf(rung: Rung): string {
  if (rung.hidden) return t('matter.rung.hidden');
  if (rung.decided) return t(rung.signed ? 'matter.rung.signed' : 'matter.rung.dismissed');
  if (rung.held) return t('matter.rung.held');
  return rung.open
    ? t('matter.rung.waits', { who: rung.signed_by ?? '' })
    : t('matter.rung.lapsed');
}

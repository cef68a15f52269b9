// The rating of a matter by those it concerns: vote in one tap and a confirmation, see how many have,
// and what it came to as counts only. Those who hold it enter votes on paper and file the evidence.
import { useState } from 'react';
import { newKey } from '@/api/client';
import { useGet, usePost } from '@/api/hooks';
import type { Ballot, BallotEvidence, BallotList, VoteTaken } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Refusals } from '@/ui/states';
import { PaperForm, Papers } from './ballot_papers';

export function Ballots(props: { matter: string; done: (said: string) => void }) {
  const ballots = useGet<BallotList>(`/matters/${props.matter}/ballots`);
  const [now, ...earlier] = ballots.data?.items ?? [];
  if (!now) return null;
  return (
    <section className="card ballots" aria-label={now.title}>
      <header>
        <h2>{now.title}</h2>
        <span className="muted small">
          {t(now.is_secret ? 'ballot.is_secret' : 'ballot.is_named')}
        </span>
      </header>
      <div className="body stack">
        <One key={now.id} ballot={now} done={props.done} />
        {earlier.length > 0 ? (
          <details className="small">
            <summary>{t('ballot.earlier', { n: earlier.length })}</summary>
            <ul className="stack">
              {earlier.map((one) => (
                <li key={one.id}>
                  <Outcome ballot={one} />
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </section>
  );
}

function One({ ballot, done }: { ballot: Ballot; done: (said: string) => void }) {
  const [entering, setEntering] = useState(false);
  return (
    <>
      {ballot.is_open ? <Standing ballot={ballot} /> : <Outcome ballot={ballot} />}
      {ballot.mine ? <Mine ballot={ballot} done={done} /> : null}
      {ballot.may_hold ? <Papers ballot={ballot} done={done} /> : null}
      {ballot.may_hold && ballot.is_open && ballot.takes_paper ? (
        <div>
          <Button icon="plus" onClick={() => setEntering(true)}>
            {t('ballot.paper.enter')}
          </Button>
        </div>
      ) : null}
      {entering ? (
        <PaperForm
          ballot={ballot}
          close={() => setEntering(false)}
          done={() => {
            setEntering(false);
            done(t('ballot.paper.entered'));
          }}
        />
      ) : null}
      <Evidence ballot={ballot} done={done} />
    </>
  );
}

function Standing({ ballot }: { ballot: Ballot }) {
  return (
    <p className="row">
      <span className="verdict v-open">
        <i aria-hidden="true">●</i>
        <span>{t('ballot.open')}</span>
      </span>
      <span>{t('ballot.until', { day: fullDay(ballot.until) })}</span>
      <span className="num">{t('ballot.voted', { n: ballot.voted, of: ballot.voters })}</span>
    </p>
  );
}

const looks: Record<string, [string, string]> = {
  pass: ['v-met', '✓'],
  fail: ['v-failed', '■'],
  too_few: ['v-unknown', '?'],
  unknown: ['v-unknown', '?'],
  stopped: ['v-not_applicable', '○'],
};

// Nothing is shown that one voter could be told from.
function Outcome({ ballot }: { ballot: Ballot }) {
  const [look, shape] = looks[ballot.result ?? 'unknown'] ?? ['v-unknown', '?'];
  return (
    <>
      <p className="row">
        <span className={`verdict ${look}`}>
          <i aria-hidden="true">{shape}</i>
          <span>{ballot.result_title ?? t('ballot.to_be_judged')}</span>
        </span>
        <span className="num">
          {ballot.opened} – {ballot.until}
        </span>
        <span className="num">{t('ballot.voted', { n: ballot.voted, of: ballot.voters })}</span>
        {ballot.is_assumed ? <span className="tag">{t('mark.assumed')}</span> : null}
      </p>
      {ballot.votes ? (
        <dl className="facts ballot-votes">
          {ballot.votes.map((one) => [
            <dt key={`${one.code} title`}>{one.title}</dt>,
            <dd key={one.code} className="num">
              {t('ballot.votes', { n: one.votes })}
            </dd>,
          ])}
        </dl>
      ) : null}
      {ballot.withheld && ballot.result !== 'stopped' ? (
        <p className="muted small">{t('ballot.withheld')}</p>
      ) : null}
      {ballot.needed_percent && ballot.needed_votes ? (
        <p className="muted small">
          {t('ballot.needed', { percent: ballot.needed_percent, n: ballot.needed_votes })}
        </p>
      ) : null}
      {ballot.followed_by ? (
        <p className="small">{t('ballot.followed_by', { move: ballot.followed_by })}</p>
      ) : null}
    </>
  );
}

function Mine({ ballot, done }: { ballot: Ballot; done: (said: string) => void }) {
  const mine = ballot.mine;
  const [again, setAgain] = useState(false);
  if (!mine) return null;
  const voted = mine.voted_on;
  return (
    <>
      {voted ? (
        <p role="status">
          {t(mine.on_paper ? 'ballot.mine.on_paper' : 'ballot.mine.voted', { day: fullDay(voted) })}
        </p>
      ) : null}
      {mine.may_vote && voted && !again ? (
        <div>
          <Button onClick={() => setAgain(true)}>{t('ballot.mine.again')}</Button>
        </div>
      ) : null}
      {mine.may_vote && (!voted || again) ? (
        <VoteForm
          ballot={ballot}
          done={() => {
            setAgain(false);
            done(t('ballot.mine.done'));
          }}
        />
      ) : null}
    </>
  );
}

// Not kept on the device: a vote is sent at once or not at all.
function VoteForm({ ballot, done }: { ballot: Ballot; done: () => void }) {
  const [grade, setGrade] = useState('');
  const [key] = useState(newKey);
  const vote = usePost<VoteTaken>(`/ballots/${ballot.id}/votes`);
  return (
    <form
      className="stack vote-form"
      onSubmit={(event) => {
        event.preventDefault();
        vote.mutate({ body: { grade, seal: newKey() } }, { onSuccess: done });
      }}
    >
      <fieldset className="stack">
        <legend>{t('ballot.ask', { what: ballot.about })}</legend>
        {ballot.grades.map((one) => (
          <label key={one.code} className={`grade ${grade === one.code ? 'chosen' : ''}`}>
            <input
              type="radio"
              name={`grade ${key}`}
              value={one.code}
              checked={grade === one.code}
              onChange={() => setGrade(one.code)}
            />
            <span>{one.title}</span>
          </label>
        ))}
      </fieldset>
      {vote.error ? <Refusals error={vote.error} /> : null}
      <div className="send">
        <Button type="submit" look="main" busy={vote.isPending} disabled={grade === ''}>
          {t('ballot.submit')}
        </Button>
        <span className="muted small">
          {t(ballot.is_secret ? 'ballot.secret_note' : 'ballot.named_note')}
        </span>
      </div>
    </form>
  );
}

function Evidence({ ballot, done }: { ballot: Ballot; done: (said: string) => void }) {
  const file = usePost<{ sha256: string }>(`/ballots/${ballot.id}/evidence`);
  const has = ballot.evidence !== null;
  const ended = !ballot.is_open && ballot.result !== null && ballot.result !== 'stopped';
  if (has) return <Filed ballot={ballot} />;
  if (!ended) return null;
  return (
    <>
      {ballot.needs_evidence ? <p className="notice warn">{t('ballot.evidence.missing')}</p> : null}
      {ballot.may_hold ? (
        <div className="stack">
          {file.error ? <Refusals error={file.error} /> : null}
          <div>
            <Button
              busy={file.isPending}
              onClick={() =>
                file.mutate({ body: {} }, { onSuccess: () => done(t('ballot.evidence.done')) })
              }
            >
              {t('ballot.evidence.file')}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}

function Filed({ ballot }: { ballot: Ballot }) {
  const [open, setOpen] = useState(false);
  const evidence = useGet<BallotEvidence>(`/ballots/${ballot.id}/evidence`, {}, open, Infinity);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('ballot.evidence.filed', { at: instant(ballot.evidence?.filed_at ?? '') })}
      </summary>
      {evidence.data ? (
        <>
          <pre className="ballot-evidence">{evidence.data.text}</pre>
          <p className="small muted break">SHA-256 {evidence.data.sha256}</p>
        </>
      ) : null}
    </details>
  );
}

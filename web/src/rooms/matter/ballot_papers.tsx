// Votes on paper: one person enters what the sheet says, from whom it is, and the scan; another holds
// it against the scan and confirms it or sends it back.
import { useState } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { Ballot, PaperChanged, VoterList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { FieldBox, FileName, Files } from '@/rooms/record/fields';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Loaded, Refusals } from '@/ui/states';

type Paper = Ballot['papers'][number];

export function Papers({ ballot, done }: { ballot: Ballot; done: (said: string) => void }) {
  if (ballot.papers.length === 0) return null;
  return (
    <ul className="stack">
      {ballot.papers.map((paper) => (
        <li key={paper.id} className="ballot-paper stack">
          <p className="row">
            <strong>{t('ballot.paper.of', { n: paper.persons })}</strong>
            <span className="muted small">{instant(paper.entered_at)}</span>
            <span className="tag">{t(stateOf(paper))}</span>
          </p>
          {paper.votes ? (
            <p className="row num">
              {paper.votes.map((one) => (
                <span key={one.code}>
                  {one.title} {one.votes}
                </span>
              ))}
            </p>
          ) : null}
          {paper.files.map((id) => (
            <FileName key={id} id={id} />
          ))}
          {paper.reason ? <p className="small">{paper.reason}</p> : null}
          {paper.waits ? <Decide ballot={ballot} paper={paper} done={done} /> : null}
        </li>
      ))}
    </ul>
  );
}

function stateOf(paper: Paper): string {
  if (paper.decision === 'confirm') return 'ballot.paper.confirmed';
  if (paper.decision === 'refuse') return 'ballot.paper.refused';
  return paper.waits ? 'ballot.paper.waits' : 'ballot.paper.not_counted';
}

function Decide(props: { ballot: Ballot; paper: Paper; done: (said: string) => void }) {
  const { ballot, paper } = props;
  const [reason, setReason] = useState('');
  const decide = usePost<PaperChanged>(`/ballots/${ballot.id}/papers/${paper.id}/decision`);
  const send = (decision: 'confirm' | 'refuse') =>
    decide.mutate(
      { body: decision === 'confirm' ? { decision } : { decision, reason } },
      {
        onSuccess: () =>
          props.done(t(decision === 'confirm' ? 'ballot.paper.confirmed' : 'ballot.paper.refused')),
      },
    );
  return (
    <div className="stack">
      {paper.entered_by_you ? (
        <p className="muted small">{t('ballot.paper.by_another')}</p>
      ) : (
        <div>
          <Button look="main" busy={decide.isPending} onClick={() => send('confirm')}>
            {t('ballot.paper.confirm')}
          </Button>
        </div>
      )}
      <FieldBox id={`reason-${paper.id}`} title={t('ballot.paper.reason')}>
        <input
          id={`reason-${paper.id}`}
          className="text"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </FieldBox>
      <div>
        <Button disabled={reason.trim() === ''} onClick={() => send('refuse')}>
          {t('ballot.paper.refuse')}
        </Button>
      </div>
      {decide.error ? <Refusals error={decide.error} /> : null}
    </div>
  );
}

export function PaperForm(props: { ballot: Ballot; close: () => void; done: () => void }) {
  const { ballot } = props;
  const voters = useGet<VoterList>(`/ballots/${ballot.id}/voters`);
  const [votes, setVotes] = useState<Record<string, number>>({});
  const [persons, setPersons] = useState<string[]>([]);
  const [files, setFiles] = useState<string[]>([]);
  const enter = usePost<PaperChanged>(`/ballots/${ballot.id}/papers`);
  const sum = Object.values(votes).reduce((all, one) => all + one, 0);
  const fits = sum > 0 && sum === persons.length;
  return (
    <Drawer title={t('ballot.paper.enter')} close={props.close}>
      <form
        className="stack matter-form"
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate({ body: { votes, persons, files } }, { onSuccess: props.done });
        }}
      >
        <p className="matter-quote">{ballot.about}</p>
        {ballot.grades.map((one) => (
          <FieldBox key={one.code} id={`votes-${one.code}`} title={one.title}>
            <input
              id={`votes-${one.code}`}
              className="text num"
              type="number"
              inputMode="numeric"
              min={0}
              value={votes[one.code] ?? ''}
              onChange={(event) =>
                setVotes({ ...votes, [one.code]: Math.max(0, Number(event.target.value)) })
              }
            />
          </FieldBox>
        ))}
        <FieldBox id="paper-persons" title={t('ballot.paper.persons')} required group>
          <Loaded of={voters} lines={4}>
            {(list) => (
              <VoterChoice
                voters={list.items.filter((one) => !one.voted_on)}
                chosen={persons}
                choose={setPersons}
              />
            )}
          </Loaded>
        </FieldBox>
        <FieldBox id="paper-files" title={t('ballot.paper.scan')} required group>
          <Files value={files} max={20} change={setFiles} />
        </FieldBox>
        {sum > 0 && !fits ? (
          <p className="notice warn">
            {t('ballot.paper.sum', { votes: sum, persons: persons.length })}
          </p>
        ) : null}
        {enter.error ? <Refusals error={enter.error} /> : null}
        <div className="send">
          <Button
            type="submit"
            look="main"
            busy={enter.isPending}
            disabled={!fits || files.length === 0}
          >
            {t('ballot.paper.submit')}
          </Button>
          <Button onClick={props.close}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  );
}

function VoterChoice(props: {
  voters: VoterList['items'];
  chosen: string[];
  choose: (persons: string[]) => void;
}) {
  const { voters, chosen } = props;
  if (voters.length === 0) return <p className="muted">{t('ballot.paper.nobody')}</p>;
  return (
    <ul className="voter-choice">
      {voters.map((one) => (
        <li key={one.person}>
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(one.person)}
              onChange={(event) =>
                props.choose(
                  event.target.checked
                    ? [...chosen, one.person]
                    : chosen.filter((person) => person !== one.person),
                )
              }
            />
            <span>{one.name ?? t('record.hidden')}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

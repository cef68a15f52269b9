// Correcting a record: the same form with what it says now; only what differs is sent.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useGet, usePost } from '@/api/hooks';
import type { Record as Entry, RecordChanged, RecordType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { useSession } from '@/app/session';
import { Button } from '@/ui/button';
import { Bones, Refusals, Trouble } from '@/ui/states';
import { askedBy, reasonsOf, together } from './checks';
import { Checks } from './checks_shown';
import { presentOf, RecordForm, wrongOf } from './form';
import './record.css';
import { bodyOf, type Draft, type Fields, useRoll, useTypesInForce } from './types';

export function Component() {
  const { id = '' } = useParams();
  const record = useGet<Entry>(`/records/${id}`, {}, true, 0);
  const types = useTypesInForce(record.data?.types ?? []);
  const roll = useRoll(record.data?.units ?? [], record.data?.date ?? '');
  if (record.error) return <Trouble error={record.error} retry={() => void record.refetch()} />;
  if (!record.data || !types || roll.isLoading) return <Bones lines={8} />;
  return <Correct key={record.data.version} record={record.data} types={types} roll={roll} />;
}

const withoutRequired = (type: RecordType): RecordType => ({
  ...type,
  fields: type.fields.map((field) => ({ ...field, required: false })),
});

// The roll is asked for once, outside: who may not read it would otherwise ask again and again.
function Correct(props: { record: Entry; types: RecordType[]; roll: ReturnType<typeof useRoll> }) {
  const { record, types, roll } = props;
  const { me } = useSession();
  const navigate = useNavigate();
  const named = record.present.every((person) => person !== null) && record.present_count > 0;
  const [changed, setChanged] = useState<Draft | null>(null);
  const [reason, setReason] = useState('');
  const correct = usePost<RecordChanged>(`/records/${record.id}/corrections`);
  const there = new Set(record.present);
  const absent = (roll.data ?? []).map((one) => one.person).filter((one) => !there.has(one));
  const start: Draft = {
    types: record.types,
    units: record.units,
    date: record.date,
    place: record.place,
    absent: named ? absent : [],
    fields: (record.fields ?? {}) as Fields,
    reasons: Object.fromEntries(record.check_reasons.map((one) => [one.check, one.reason ?? ''])),
  };
  const draft = changed ?? start;
  const planned = draft.date > me.today;
  const before = bodyOf(start, presentOf(roll.data, start.absent), planned);
  const after = bodyOf(draft, presentOf(roll.data, draft.absent), planned);
  const wasPlan = record.state === 'planned';
  const part = Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]) ||
        (name === 'present' && wasPlan && !planned),
    ),
  );
  // What was given before is offered again; what is asked for anew comes with the refusal.
  const given = record.check_reasons.map(({ check }) => ({
    check,
    title: '',
    clauses: [],
    otherwise: 'reason' as const,
    says: t('checks.given_before'),
  }));
  const asked = together(askedBy(correct.error), given);
  const reasons = reasonsOf(draft, asked);
  const answered = Object.keys(reasons).length > 0 ? { check_reasons: reasons } : {};
  // Who may not read what a record says may still correct it: what he leaves empty stays.
  const unseen = record.fields === null;
  const asking = unseen ? types.map(withoutRequired) : types;
  const save = () => {
    correct.mutate(
      { body: { version: record.version, reason: reason.trim(), ...part, ...answered } },
      { onSuccess: () => void navigate(`/records/${record.id}`) },
    );
  };
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('record.correct.title', { id: record.id })}</h1>
          <p>{t(unseen ? 'record.correct.unseen' : 'record.correct.text')}</p>
        </div>
      </div>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="body stack" style={{ gap: 18 }}>
          <RecordForm
            draft={draft}
            change={setChanged}
            types={asking}
            roll={roll.data}
            rollError={named || wasPlan ? roll.error : true}
            places={[]}
            wrong={wrongOf(correct.error)}
          />
          <div className="field">
            <label htmlFor="reason">
              {t('record.reason')}
              <span className="must" aria-hidden="true">
                *
              </span>
            </label>
            <input
              id="reason"
              className="text"
              required
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <span className="hint">{t('record.correct.reason_hint')}</span>
          </div>
          <Checks asked={asked} draft={draft} change={setChanged} />
          <Refusals error={correct.error} />
        </div>
        <div className="send">
          <Button
            type="submit"
            look="main"
            busy={correct.isPending}
            disabled={reason.trim() === '' || Object.keys(part).length === 0}
          >
            {t('record.correct.submit')}
          </Button>
          <Button onClick={() => void navigate(-1)}>{t('act.cancel')}</Button>
        </div>
      </form>
    </div>
  );
}

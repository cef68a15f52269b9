// Entering a record: from the to-do list with its kind, or empty; live beside it what it counts for.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { newKey } from '@/api/client';
import type { RecordChanged, RecordList, RecordType, WouldCount } from '@/api/types';
import { useGet } from '@/api/hooks';
import { send } from '@/api/outbox';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { useTodo } from '@/rooms/compliance/hooks';
import { Button } from '@/ui/button';
import { Bones, Refusals, Trouble } from '@/ui/states';
import { expectedAbsent, firstDraft, presentOf, RecordForm, wrongOf } from './form';
import { dropDraft, keepDraft, readDraft } from './draft';
import { askedBy, reasonsOf, together } from './checks';
import { Checks } from './checks_shown';
import { Counts, useDryRun } from './counts';
import { Outcome } from './outcome';
import './record.css';
import {
  bodyOf,
  type Draft,
  type Fields,
  typeTitle,
  useRecordTypes,
  useRoll,
  useTypesInForce,
} from './types';
import { comma } from '@/i18n/format';

export function Component() {
  const [search] = useSearchParams();
  const { unit } = useSession();
  const at = search.get('unit') ?? unit?.id;
  const types = useRecordTypes();
  const inForce = useTypesInForce(search.getAll('type'));
  const todo = useTodo(at);
  const last = useGet<RecordList>('/records', { unit: at, limit: 50 }, at !== undefined);
  if (types.error) return <Trouble error={types.error} retry={() => void types.refetch()} />;
  if (!at || !inForce || (last.isPending && !last.error) || todo.isLoading)
    return <Bones lines={8} />;
  return <Entry key={`${at} ${search}`} unit={at} types={inForce} last={last.data} />;
}

// Owed now, then done most often by this unit, then as declared.
function likeliest(
  types: RecordType[],
  owed: string[],
  last: RecordList | undefined,
): RecordType[] {
  const often = new Map<string, number>();
  for (const record of last?.items ?? []) {
    for (const type of record.types) often.set(type, (often.get(type) ?? 0) + 1);
  }
  const weight = (type: RecordType) =>
    (owed.includes(type.name) ? 1000 - owed.indexOf(type.name) : 0) + (often.get(type.name) ?? 0);
  return [...types].sort((a, b) => weight(b) - weight(a));
}

// The last record of the same kinds, for who does the same each month.
const lastOf = (last: RecordList | undefined, types: string[]) =>
  types.length === 0
    ? undefined
    : last?.items.find(
        (one) => one.state === 'entered' && types.every((type) => one.types.includes(type)),
      );

// What is proven anew each time (files, dates, numbers) is not copied.
function copied(record: NonNullable<ReturnType<typeof lastOf>>, types: RecordType[]): Fields {
  const fields: Fields = {};
  for (const type of types.filter((one) => record.types.includes(one.name))) {
    for (const field of type.fields) {
      const value = record.fields?.[type.name]?.[field.name];
      const kind = field.of ?? field.type;
      if (
        value !== undefined &&
        value !== null &&
        ['text', 'enum', 'unit', 'bool'].includes(kind)
      ) {
        fields[type.name] = { ...fields[type.name], [field.name]: value };
      }
    }
  }
  return fields;
}

type Done = { state: 'sent'; id: string; planned: boolean } | { state: 'waiting' };

function Entry(props: { unit: string; types: RecordType[]; last: RecordList | undefined }) {
  const { unit, last } = props;
  const { me } = useSession();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const todo = useTodo(unit);
  const wanted = useMemo(() => search.getAll('type'), [search]);
  const about = `${unit}.${wanted.join('+') || 'any'}`;
  const places = [...new Set((last?.items ?? []).map((one) => one.place).filter(Boolean))];
  const [kept] = useState(() => readDraft<Draft>(me.account.id, about));
  const [restored, setRestored] = useState(kept !== null);
  const fresh = () => firstDraft([unit], wanted, search.get('date') ?? me.today, places[0] ?? '');
  const [draft, setDraft] = useState<Draft>(() => kept ?? fresh());
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [counted, setCounted] = useState<WouldCount | null>(null);
  const key = useRef(newKey());
  const planned = draft.date > me.today;
  const roll = useRoll(draft.units, draft.date, !planned);
  const known = useRef(kept ? kept.units.join() : '');
  const types = likeliest(
    props.types,
    todo.data?.items.flatMap((one) => one.record_types) ?? [],
    last,
  );

  // Once per set of units: who is expected to be away. What was kept with a draft stands.
  useEffect(() => {
    if (!roll.data || known.current === draft.units.join()) return;
    known.current = draft.units.join();
    const away = expectedAbsent(roll.data);
    setDraft((before) => ({ ...before, absent: away }));
  }, [roll.data, draft.units]);

  const change = (next: Draft) => {
    setDraft(next);
    keepDraft(me.account.id, about, next);
  };
  const written = bodyOf(draft, presentOf(roll.data, draft.absent), planned);
  const dry = useDryRun(written, draft.types.length > 0 && done === null);
  const asked = together(dry.data?.checks ?? [], askedBy(error));
  const reasons = reasonsOf(draft, asked);
  const body = Object.keys(reasons).length > 0 ? { ...written, check_reasons: reasons } : written;

  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const title = draft.types.map((type) => typeTitle(props.types, type)).join(comma());
      const sent = await send<RecordChanged>({
        key: key.current,
        account: me.account.id,
        path: '/records',
        body,
        title: `${draft.date} ${title}`,
      });
      setCounted(dry.data ?? null);
      dropDraft(me.account.id, about);
      setDone(
        sent.state === 'sent'
          ? { state: 'sent', id: sent.reply.id, planned: sent.reply.state === 'planned' }
          : { state: 'waiting' },
      );
      void queries.invalidateQueries();
      window.scrollTo(0, 0);
    } catch (wrong) {
      key.current = newKey();
      setError(wrong);
      document.querySelector('.notice.failed')?.scrollIntoView({ block: 'center' });
    }
    setBusy(false);
  };

  const before = lastOf(last, draft.types);
  const copy = () => {
    if (before) change({ ...draft, place: before.place, fields: copied(before, props.types) });
  };

  const again = () => {
    key.current = newKey();
    known.current = '';
    setDone(null);
    setRestored(false);
    setDraft({ ...fresh(), types: [] });
  };
  if (done) {
    return (
      <Outcome
        done={done}
        draft={draft}
        types={props.types}
        counted={counted}
        again={again}
        unit={unit}
      />
    );
  }
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('record.enter.title')}</h1>
          <p>{t('record.enter.text')}</p>
        </div>
      </div>
      {restored ? (
        <div className="notice row between" style={{ marginBottom: 12 }}>
          <span>{t('record.restored')}</span>
          <Button
            onClick={() => {
              dropDraft(me.account.id, about);
              known.current = '';
              setDraft(fresh());
              setRestored(false);
            }}
          >
            {t('record.start_over')}
          </Button>
        </div>
      ) : null}
      <div className="entry">
        <form
          className="card"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <div className="card pad" style={{ border: 0 }}>
            <RecordForm
              draft={draft}
              change={change}
              types={types}
              roll={roll.data}
              rollError={roll.error}
              places={places}
              wrong={wrongOf(error)}
            />
            {before ? (
              <div>
                <Button look="quiet" icon="copy" onClick={copy}>
                  {t('record.like_last', { date: before.date })}
                </Button>
              </div>
            ) : null}
            <Checks asked={asked} draft={draft} change={change} />
            <Refusals error={error} />
          </div>
          <div className="send">
            <Button
              type="submit"
              look="main"
              busy={busy}
              disabled={draft.types.length === 0 || draft.units.length === 0}
            >
              {t(planned ? 'record.form.plan' : 'record.form.submit')}
            </Button>
            <span className="muted small">
              {draft.types.length === 0 ? t('record.form.choose_first') : t('record.form.kept')}
            </span>
          </div>
        </form>
        <aside aria-live="polite">
          <Counts
            types={props.types}
            dry={dry.data}
            pending={dry.isFetching}
            planned={planned}
            asked={draft.types.length > 0}
          />
        </aside>
      </div>
    </div>
  );
}

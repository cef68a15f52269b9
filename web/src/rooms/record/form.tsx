// What a record is written in, whether it is new or corrected: kinds, units, day, place, who was
// there, and for each kind the fields that its pack declares.
import { AutoComplete, DatePicker, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { Membership, RecordType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, relativeDay, weekday } from '@/i18n/format';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { expectedAbsent } from './absent';
import { FieldBox, FieldInput } from './fields';
import { Present } from './present';
import { type Draft, pointer } from './types';

export type Wrong = Map<string, string>;

export function RecordForm(props: {
  draft: Draft;
  change: (draft: Draft) => void;
  types: RecordType[]; // the likeliest first
  roll: Membership[] | undefined;
  rollError: unknown;
  places: string[];
  wrong: Wrong;
}) {
  const { draft, change, types, roll, wrong } = props;
  const { me, units } = useSession();
  const planned = draft.date > me.today;
  useFocusOnWrong(wrong);
  const chosen = types.filter((type) => draft.types.includes(type.name));
  const set = (part: Partial<Draft>) => change({ ...draft, ...part });
  return (
    <>
      <Kinds
        types={types}
        chosen={draft.types}
        change={(next) => set({ types: next })}
        wrong={wrong.get('/types')}
      />
      <div className="pair">
        <FieldBox
          id="date"
          title={t('record.date')}
          required
          wrong={wrong.get('/date')}
          hint={hintOf(draft.date, me.today)}
        >
          <DatePicker
            id="date"
            allowClear={false}
            inputReadOnly
            value={dayOf(draft.date)}
            style={{ width: '100%' }}
            onChange={(day) => day && set({ date: day.format('YYYY-MM-DD') })}
          />
        </FieldBox>
        <FieldBox id="place" title={t('record.place')} wrong={wrong.get('/place')}>
          <AutoComplete
            id="place"
            value={draft.place}
            maxLength={100}
            options={props.places.map((place) => ({ value: place }))}
            onChange={(place: string) => set({ place })}
          />
        </FieldBox>
      </div>
      {units.length > 1 || draft.units.length > 1 ? (
        <FieldBox
          id="units"
          title={t('record.units')}
          required
          wrong={wrong.get('/units')}
          hint={draft.units.length > 1 ? t('record.joint_hint') : undefined}
        >
          <Select
            id="units"
            mode="multiple"
            value={draft.units}
            showSearch={{ optionFilterProp: 'label' }}
            options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
            onChange={(next: string[]) => set({ units: next })}
          />
        </FieldBox>
      ) : null}
      {planned || props.rollError ? null : (
        <FieldBox id="present" title={t('record.present')} group wrong={wrong.get('/present')}>
          {roll ? (
            <Present roll={roll} absent={draft.absent} change={(absent) => set({ absent })} />
          ) : (
            <p className="muted">{t('state.loading')}</p>
          )}
        </FieldBox>
      )}
      {chosen.map((type) => (
        <TypeFields
          key={type.name}
          type={type}
          alone={chosen.length === 1}
          draft={draft}
          change={change}
          roll={roll ?? []}
          wrong={wrong}
        />
      ))}
    </>
  );
}

function hintOf(date: string, today: string): string {
  const day = `${weekday(date)} · ${relativeDay(date, today)}`;
  return date > today ? `${day} · ${t('record.becomes_plan')}` : day;
}

function Kinds(props: {
  types: RecordType[];
  chosen: string[];
  change: (chosen: string[]) => void;
  wrong: string | undefined;
}) {
  const { chosen } = props;
  const [all, setAll] = useState(false);
  const shown = props.types.filter((type, index) => all || index < 5 || chosen.includes(type.name));
  return (
    <FieldBox
      id="kinds"
      title={t('record.what')}
      required
      group
      wrong={props.wrong}
      hint={t('record.what_hint')}
    >
      <div className="row">
        {shown.map((type) => (
          <button
            key={type.name}
            type="button"
            className="chip"
            aria-pressed={chosen.includes(type.name)}
            onClick={() =>
              props.change(
                chosen.includes(type.name)
                  ? chosen.filter((one) => one !== type.name)
                  : [...chosen, type.name],
              )
            }
          >
            {type.title}
          </button>
        ))}
        {shown.length < props.types.length ? (
          <Button look="quiet" onClick={() => setAll(true)}>
            {t('record.more_kinds', { n: props.types.length - shown.length })}
          </Button>
        ) : null}
      </div>
    </FieldBox>
  );
}

function TypeFields(props: {
  type: RecordType;
  alone: boolean;
  draft: Draft;
  change: (draft: Draft) => void;
  roll: Membership[];
  wrong: Wrong;
}) {
  const { type, draft, wrong } = props;
  const given = draft.fields[type.name] ?? {};
  const [more, setMore] = useState(false);
  // What is asked for first: what the type needs, and what was given already.
  const first = type.fields.filter(
    (field) => field.required || given[field.name] !== undefined || isQuick(field.type, field.of),
  );
  const rest = type.fields.filter((field) => !first.includes(field));
  const shown = more ? type.fields : first;
  const set = (name: string, value: unknown) =>
    props.change({
      ...draft,
      fields: { ...draft.fields, [type.name]: { ...given, [name]: value } },
    });
  return (
    <fieldset className="kind-fields">
      <legend className={props.alone ? 'sr' : ''}>{type.title}</legend>
      {type.guide ? <p className="muted">{type.guide}</p> : null}
      {shown.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={given[field.name] ?? (field.default as unknown) ?? undefined}
          change={(value) => set(field.name, value)}
          wrong={wrong.get(pointer('fields', type.name, field.name))}
          context={{ units: draft.units, roll: props.roll }}
        />
      ))}
      {rest.length > 0 && !more ? (
        <div>
          <Button look="quiet" icon="plus" onClick={() => setMore(true)}>
            {t('record.more_fields', { names: rest.map((field) => field.title).join(comma()) })}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

const isQuick = (type: string, of: string | null) => type === 'set' && of === 'enum';

// Whoever sent what was refused goes on where the first of it has to be put right.
function useFocusOnWrong(wrong: Wrong) {
  const where = [...wrong.keys()].join(' ');
  useEffect(() => {
    if (where === '') return;
    const field = document.querySelector<HTMLElement>(
      'form :is([aria-invalid="true"], .field:has(> .wrong) :is(input, textarea, button))',
    );
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [where]);
}

// Where a refusal points in the form: the whole list's message also for one item of it.
export function wrongOf(error: unknown): Wrong {
  const wrong: Wrong = new Map();
  const refusals =
    (error as { problem?: { refusals: { where: string; message: string }[] } } | null)?.problem
      ?.refusals ?? [];
  for (const { where, message } of refusals) {
    wrong.set(where, message);
    const parts = where.split('/');
    if (parts.length > 4 && parts[1] === 'fields') wrong.set(parts.slice(0, 4).join('/'), message);
    if (parts.length === 3 && parts[1] !== 'fields') wrong.set(`/${parts[1]}`, message);
  }
  return wrong;
}

export function firstDraft(units: string[], types: string[], date: string, place: string): Draft {
  return { types, units, date, place, absent: [], fields: {} };
}

export const presentOf = (roll: Membership[] | undefined, absent: string[]): string[] => {
  const away = new Set(absent);
  const there = (roll ?? []).map((member) => member.person).filter((person) => !away.has(person));
  return [...new Set(there)];
};
export { expectedAbsent };

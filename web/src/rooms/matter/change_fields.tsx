// What a change to a matter is written in: the fields that are asked for, a unit, a deadline, a
// reason, files. Opening, editing and every move are made of it.
import { DatePicker } from 'antd';
import { useState } from 'react';
import type { Field, Matter, NamedUnit } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { FieldBox, FieldInput, Files } from '@/rooms/record/fields';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { MatterSelect } from './matter_select';
import { useOwnRoll } from './names';
import type { Asked, Asks, Change } from './types';

type Props = {
  unit: string; // whose roll persons are chosen from
  type: string | undefined; // address
  asks: Asks;
  change: Change;
  set: (change: Change) => void;
  wrong: Map<string, string>;
  others?: Matter[]; // what is offered first to be merged into
  except?: string; // the matter itself
  named?: NamedUnit[]; // units that it names already
};

const isPerson = (field: Field) => field.type === 'person' || field.of === 'person';
const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

export function ChangeFields(props: Props) {
  const { asks, change, wrong } = props;
  const roll = useOwnRoll(props.unit, asks.fields.some(isPerson));
  const [more, setMore] = useState(false);
  const first = asks.fields.filter(
    (field) => field.required || isFilled(change.fields[field.name]),
  );
  const shown = more ? asks.fields : first;
  const rest = asks.fields.length - first.length;
  const part = (next: Partial<Change>) => props.set({ ...change, ...next });
  const named = Object.fromEntries(
    (props.named ?? []).flatMap(({ id, name }) => (id && name ? [[id, name]] : [])),
  );
  return (
    <>
      {shown.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={change.fields[field.name] ?? (field.default as unknown) ?? undefined}
          change={(value) => part({ fields: { ...change.fields, [field.name]: value } })}
          wrong={wrong.get(`/fields/${field.name}`)}
          context={{
            units: [props.unit],
            roll: roll.data ?? [],
            anywhere: true,
            type: props.type,
            named,
          }}
        />
      ))}
      {rest > 0 && !more ? (
        <div>
          <Button look="quiet" icon="plus" onClick={() => setMore(true)}>
            {t('matter.more_fields', { n: rest })}
          </Button>
        </div>
      ) : null}
      <Common {...props} part={part} />
    </>
  );
}

function Common(props: Props & { part: (next: Partial<Change>) => void }) {
  const { asks, change, wrong, part } = props;
  const extra = asks.reason === 'may' || asks.evidence === 'may';
  const [open, setOpen] = useState(change.reason !== '' || change.evidence.length > 0);
  const shows = (asked: Asked) => asked === 'must' || (asked === 'may' && open);
  return (
    <>
      {asks.unit !== 'no' ? (
        <FieldBox id="to-unit" title={t('matter.unit')} required wrong={wrong.get('/unit')}>
          <UnitSelect
            id="to-unit"
            wrong={wrong.has('/unit')}
            value={change.unit ? [change.unit] : []}
            change={(units) => part({ unit: units[0] ?? '' })}
          />
        </FieldBox>
      ) : null}
      {asks.into === 'must' ? (
        <FieldBox
          id="into"
          title={t('matter.into')}
          required
          hint={t('matter.into.hint')}
          wrong={wrong.get('/into')}
        >
          <MatterSelect
            id="into"
            type={props.type}
            wrong={wrong.has('/into')}
            first={props.others ?? []}
            except={props.except}
            value={change.into}
            change={(into) => part({ into })}
          />
        </FieldBox>
      ) : null}
      {asks.due !== 'no' ? <DueField {...props} /> : null}
      {shows(asks.reason) ? (
        <FieldBox
          id="reason"
          title={asks.reasonTitle ?? t(asks.reason === 'must' ? 'record.reason' : 'matter.note')}
          required={asks.reason === 'must'}
          hint={t('matter.reason_hint')}
          wrong={wrong.get('/reason')}
        >
          <textarea
            id="reason"
            className="text grows"
            rows={2}
            maxLength={500}
            aria-required={asks.reason === 'must'}
            value={change.reason}
            onChange={(event) => part({ reason: event.target.value })}
          />
        </FieldBox>
      ) : null}
      {shows(asks.evidence) ? (
        <FieldBox
          id="evidence"
          title={t('matter.evidence')}
          required={asks.evidence === 'must'}
          group
          wrong={wrong.get('/evidence')}
        >
          <Files value={change.evidence} max={20} change={(evidence) => part({ evidence })} />
        </FieldBox>
      ) : null}
      {extra && !open ? (
        <div>
          <Button look="quiet" icon="plus" onClick={() => setOpen(true)}>
            {t(asks.reason === 'may' ? 'matter.add_note' : 'matter.add_evidence')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function DueField(props: Props & { part: (next: Partial<Change>) => void }) {
  const { asks, change, wrong, part } = props;
  const { me } = useSession();
  return (
    <FieldBox
      id="due"
      title={t('matter.due')}
      required={asks.due === 'must'}
      hint={t('matter.due.kept')}
      wrong={wrong.get('/due')}
    >
      <DatePicker
        id="due"
        inputReadOnly
        style={{ width: 240 }}
        status={wrong.has('/due') ? 'error' : ''}
        minDate={dayOf(me.today)}
        value={change.due ? dayOf(change.due) : null}
        onChange={(day) => part({ due: day ? day.format('YYYY-MM-DD') : '' })}
      />
    </FieldBox>
  );
}

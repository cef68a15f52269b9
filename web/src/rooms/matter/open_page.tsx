// Opening a matter: the form comes from its type; what only later moves ask for may wait.
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import type { MatterType } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { FieldBox } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Empty, Loaded, Refusals } from '@/ui/states';
import { ChangeFields } from './change_fields';
import { useDrafting, useSending } from './drafting';
import './matter.css';
import { LikelyRelapses } from './relapse';
import { type Asks, bodyOf, nothing, useMatterTypes, wrongIn } from './types';

export function Component() {
  const types = useMatterTypes();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState(search.get('type'));
  const may = useMay('matter_open');
  if (!may) return <Navigate to="/matters" replace />;
  return (
    <div className="page narrow">
      <div className="page-head">
        <div>
          <h1>{t('matter.open.title')}</h1>
          <p>{t('matter.open.text')}</p>
        </div>
      </div>
      <Loaded of={types} lines={8}>
        {({ items }) => {
          const type = items.find((one) => one.name === chosen) ?? items[0];
          if (!type) return <Empty name="matter_types" icon="ledger" />;
          return (
            <div className="stack">
              {items.length > 1 ? (
                <Types items={items} chosen={type.name} choose={setChosen} />
              ) : null}
              <OpenForm key={type.name} type={type} />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

function Types(props: { items: MatterType[]; chosen: string; choose: (name: string) => void }) {
  return (
    <div className="row" role="group" aria-label={t('matter.type')}>
      {props.items.map((type) => (
        <button
          key={type.name}
          type="button"
          className="chip"
          aria-pressed={type.name === props.chosen}
          onClick={() => props.choose(type.name)}
        >
          {type.title}
        </button>
      ))}
    </div>
  );
}

function OpenForm({ type }: { type: MatterType }) {
  const { unit } = useSession();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const at = search.get('unit') ?? unit?.id ?? '';
  const parent = search.get('parent');
  const draft = useDrafting(`matter.new.${type.name}.${at}`, () => ({ ...nothing, unit: at }));
  const sending = useSending('/matters');
  const wrong = wrongIn(sending.error);
  const { change } = draft;
  const asks: Asks = {
    fields: type.fields,
    unit: 'no',
    due: 'may',
    reason: 'may',
    evidence: 'may',
  };
  const body = {
    type: type.name,
    ...bodyOf(change, asks),
    unit: change.unit,
    ...(parent ? { parent } : {}),
  };
  const save = () =>
    sending.send(body, ({ id }) => {
      draft.drop();
      void navigate(`/matters/${id}`, { state: { opened: true } });
    });
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="body stack matter-form">
        {type.guide ? <p className="muted">{type.guide}</p> : null}
        {draft.restored ? (
          <div className="notice row between">
            <span>{t('record.restored')}</span>
            <Button onClick={draft.startOver}>{t('record.start_over')}</Button>
          </div>
        ) : null}
        <FieldBox id="unit" title={t('matter.unit')} required wrong={wrong.get('/unit')}>
          <UnitSelect
            id="unit"
            wrong={wrong.has('/unit')}
            value={change.unit ? [change.unit] : []}
            change={(units) => draft.set({ ...change, unit: units[0] ?? '' })}
          />
        </FieldBox>
        <ChangeFields
          type={type?.name}
          unit={change.unit}
          asks={asks}
          change={change}
          set={draft.set}
          wrong={wrong}
        />
        <LikelyRelapses type={type} body={body} />
        <Refusals error={sending.error} />
      </div>
      <div className="send">
        <Button type="submit" look="main" busy={sending.busy} disabled={!change.unit}>
          {t('matter.open.submit')}
        </Button>
        <span className="muted small">{t('record.form.kept')}</span>
      </div>
    </form>
  );
}

// Matters are put below a parent, one that is there or one that is opened for it: looked at first,
// with what is left out and why.
import { useState } from 'react';
import { newKey, post } from '@/api/client';
import type { Matter, MatterChanged, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { FieldBox } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import { useBatch } from './batch';
import { BatchRows } from './batch_rows';
import { BatchSend } from './batch_send';
import { ChangeFields } from './change_fields';
import { MatterSelect } from './matter_select';
import { type Asks, bodyOf, type Change, nothing, wrongIn } from './types';

export function GroupDrawer(props: {
  chosen: Matter[];
  type: MatterType | undefined;
  close: (done: boolean) => void;
}) {
  const { type } = props;
  const batch = useBatch('/matters/grouping');
  const [ticked] = useState(() => props.chosen);
  const [anew, setAnew] = useState(false);
  const [parent, setParent] = useState('');
  const rows = ticked.filter((matter) => matter.id !== parent).map((matter) => ({ matter }));
  const look = (id: string) => void batch.look({ parent: id }, rows);
  const choose = (id: string) => {
    setParent(id);
    batch.forget();
  };
  return (
    <Drawer title={t('matter.group.title')} close={() => props.close(batch.result !== null)}>
      <div className="stack matter-form">
        {batch.result ? (
          <>
            <BatchRows of={batch.result} matters={ticked} type={type} />
            <p className="row">
              <Button look="main" onClick={() => props.close(true)}>
                {t('act.close')}
              </Button>
            </p>
          </>
        ) : (
          <>
            <p className="muted">{t('matter.group.text', { n: rows.length })}</p>
            {type ? (
              <div className="row" role="group" aria-label={t('matter.group.which')}>
                {[false, true].map((one) => (
                  <button
                    key={String(one)}
                    type="button"
                    className="chip"
                    aria-pressed={anew === one}
                    onClick={() => {
                      setAnew(one);
                      choose('');
                    }}
                  >
                    {t(one ? 'matter.group.new' : 'matter.group.existing')}
                  </button>
                ))}
              </div>
            ) : null}
            {anew && type && parent === '' ? (
              <NewParent
                type={type}
                opened={(id) => {
                  setParent(id);
                  look(id);
                }}
              />
            ) : (
              <FieldBox id="parent" title={t('matter.parent_of')} required>
                <MatterSelect
                  id="parent"
                  type={undefined}
                  wrong={false}
                  first={ticked}
                  value={parent}
                  change={choose}
                />
              </FieldBox>
            )}
            <BatchSend
              batch={batch}
              act={{ parent }}
              rows={rows}
              matters={ticked}
              type={type}
              filled={parent !== ''}
              run={(n) => t('matter.group.run', { n })}
              cancel={() => props.close(false)}
            />
          </>
        )}
      </div>
    </Drawer>
  );
}

// What a matter of the type cannot do without; the rest may wait.
function NewParent(props: { type: MatterType; opened: (id: string) => void }) {
  const { type } = props;
  const { unit } = useSession();
  const [change, setChange] = useState<Change>({ ...nothing, unit: unit?.id ?? '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asks: Asks = { fields: type.fields, unit: 'no', due: 'may', reason: 'no', evidence: 'no' };
  const wrong = wrongIn(error);
  const open = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { type: type.name, ...bodyOf(change, asks), unit: change.unit };
      const done = await post<MatterChanged>('/matters', body, { key: newKey() });
      props.opened(done.id);
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };
  return (
    <>
      <FieldBox id="parent-unit" title={t('matter.unit')} required wrong={wrong.get('/unit')}>
        <UnitSelect
          id="parent-unit"
          wrong={wrong.has('/unit')}
          value={change.unit ? [change.unit] : []}
          change={(units) => setChange({ ...change, unit: units[0] ?? '' })}
        />
      </FieldBox>
      <ChangeFields
        unit={change.unit}
        type={type.name}
        asks={asks}
        change={change}
        set={setChange}
        wrong={wrong}
      />
      <Refusals error={error} />
      <p>
        <Button look="main" busy={busy} disabled={!change.unit} onClick={() => void open()}>
          {t('matter.group.open')}
        </Button>
      </p>
    </>
  );
}

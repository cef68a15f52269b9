// Matters are put below a parent, one that is there or one that is opened for it: looked at first,
// with what is left out and why.
import { useState } from 'react';
import type { Matter, MatterType } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { FieldBox } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { useBatch } from './batch';
import { BatchRows } from './batch_rows';
import { BatchSend } from './batch_send';
import { ChangeFields } from './change_fields';
import { MatterSelect } from './matter_select';
import { type Asks, bodyOf, type Change, nothing, wrongIn } from './types';

const parentAsks = (type: MatterType): Asks => ({
  fields: type.fields,
  unit: 'no',
  due: 'may',
  reason: 'no',
  evidence: 'no',
});

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
  const { unit } = useSession();
  const [change, setChange] = useState<Change>({ ...nothing, unit: unit?.id ?? '' });
  // A look at the form as it is; what is changed afterwards is looked at again.
  const write = (next: Change) => {
    setChange(next);
    batch.forget();
  };
  const opens = anew && type !== undefined;
  const open = opens
    ? { type: type.name, ...bodyOf(change, parentAsks(type)), unit: change.unit }
    : undefined;
  const rows = ticked.filter((matter) => matter.id !== parent).map((matter) => ({ matter }));
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
            {opens ? (
              <NewParent
                type={type}
                change={change}
                set={write}
                wrong={wrongIn(batch.error, '/open')}
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
              act={open ? { open } : { parent }}
              rows={rows}
              matters={ticked}
              type={type}
              filled={opens ? change.unit !== '' : parent !== ''}
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
function NewParent(props: {
  type: MatterType;
  change: Change;
  set: (change: Change) => void;
  wrong: Map<string, string>;
}) {
  const { type, change, set, wrong } = props;
  return (
    <>
      <FieldBox id="parent-unit" title={t('matter.unit')} required wrong={wrong.get('/unit')}>
        <UnitSelect
          id="parent-unit"
          wrong={wrong.has('/unit')}
          value={change.unit ? [change.unit] : []}
          change={(units) => set({ ...change, unit: units[0] ?? '' })}
        />
      </FieldBox>
      <ChangeFields
        unit={change.unit}
        type={type.name}
        asks={parentAsks(type)}
        change={change}
        set={set}
        wrong={wrong}
      />
    </>
  );
}

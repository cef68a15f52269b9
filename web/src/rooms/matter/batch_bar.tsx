// What may be done with the rows that are ticked: a step for all of them, a field of all of them, more
// time, a reminder.
import { Select } from 'antd';
import { useState } from 'react';
import type { Matter, MatterType } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Menu } from '@/ui/menu';
import { Drawer } from '@/ui/overlay';
import { batchMax, useBatch } from './batch';
import { extendable, ExtendForm, type ExtensionAct, extensionActs, titleOf } from './batch_extend';
import { BatchRows } from './batch_rows';
import { BatchSend } from './batch_send';
import { ChangeFields } from './change_fields';
import { GroupDrawer } from './group_drawer';
import { RemindButton } from './reminding';
import { type Asks, asksOf, bodyOf, type Change, nothing, wrongIn } from './types';

type TypeMove = MatterType['moves'][number];
type Chosen = { move: TypeMove } | 'edit';
type Act = Chosen | 'group' | { extension: ExtensionAct };
// What was ticked when the act was begun: done, its rows may leave the list, and what became of them
// is still to be read.
type Begun = { act: Act; chosen: Matter[]; type: MatterType | undefined };

export function BatchBar(props: {
  chosen: Matter[];
  type: MatterType | undefined;
  clear: () => void;
}) {
  const { chosen, type } = props;
  const [begun, setBegun] = useState<Begun | null>(null);
  const [said, setSaid] = useState('');
  const mayMove = useMay('matter_change');
  const mayEdit = useMay('matter_open');
  if (chosen.length === 0 && !begun) return null;
  const setAct = (act: Act) => setBegun({ act, chosen, type });
  const close = (done: boolean) => {
    setBegun(null);
    if (done) props.clear();
  };
  const many = chosen.length > batchMax;
  return (
    <div className="batch-bar" role="region" aria-label={t('matter.batch.bar')}>
      <strong className="num">{t('matter.batch.chosen', { n: chosen.length })}</strong>
      {!type ? <span className="muted small">{t('matter.batch.one_type')}</span> : null}
      {many ? <span className="small">{t('matter.batch.most', { n: batchMax })}</span> : null}
      {said ? (
        <span className="small" role="status">
          {said}
        </span>
      ) : null}
      <span className="grow" />
      {type && mayMove && !many ? (
        <Menu
          label={t('matter.batch.move')}
          className="button main"
          button={<span>{t('matter.batch.move')}</span>}
        >
          {movesOf(type, chosen).map((move) => (
            <button key={move.id} type="button" role="menuitem" onClick={() => setAct({ move })}>
              {move.title}
            </button>
          ))}
        </Menu>
      ) : null}
      {type && mayMove && !many && extendable(type).length > 0 ? (
        <Menu
          label={t('matter.batch.extend')}
          className="button plain"
          button={<span>{t('matter.batch.extend')}</span>}
        >
          {extensionActs.map((extension) => (
            <button
              key={extension}
              type="button"
              role="menuitem"
              onClick={() => setAct({ extension })}
            >
              {titleOf(extension)}
            </button>
          ))}
        </Menu>
      ) : null}
      <RemindButton
        matters={chosen}
        label={t('reminder.action')}
        done={(n) => setSaid(t('reminder.sent', { n }))}
      />
      {type && mayEdit && !many ? (
        <Button icon="edit" onClick={() => setAct('edit')}>
          {t('matter.batch.edit')}
        </Button>
      ) : null}
      {mayEdit && !many ? (
        <Button icon="ledger" onClick={() => setAct('group')}>
          {t('matter.group.action')}
        </Button>
      ) : null}
      <Button look="quiet" onClick={props.clear}>
        {t('matter.batch.clear')}
      </Button>
      {begun?.act === 'group' ? (
        <GroupDrawer chosen={begun.chosen} type={begun.type} close={close} />
      ) : null}
      {begun && begun.act !== 'group' && begun.type ? (
        <ActForm act={begun.act} type={begun.type} chosen={begun.chosen} close={close} />
      ) : null}
    </div>
  );
}

function ActForm(props: {
  act: Exclude<Act, 'group'>;
  type: MatterType;
  chosen: Matter[];
  close: (done: boolean) => void;
}) {
  const { act, ...rest } = props;
  if (act === 'edit') return <BatchForm key="edit" act={act} {...rest} />;
  if ('move' in act) return <BatchForm key={act.move.id} act={act} {...rest} />;
  return <ExtendForm key={act.extension} act={act.extension} {...rest} />;
}

// Those that lead on from where one of the ticked ones stands. What is made by itself is nobody's.
const movesOf = (type: MatterType, chosen: Matter[]): TypeMove[] =>
  type.moves.filter(
    (move) => move.by.length > 0 && chosen.some((one) => move.from.includes(one.state)),
  );

// What a step asks for may stand in each row already: then it need not be given for all of them.
function asksOfBatch(move: TypeMove, type: MatterType): Asks {
  const asks = asksOf(move, type);
  return {
    ...asks,
    fields: asks.fields.map((field) => ({ ...field, required: false })),
    due: asks.due === 'must' ? 'may' : asks.due,
  };
}

function BatchForm(props: {
  act: Chosen;
  type: MatterType;
  chosen: Matter[];
  close: (done: boolean) => void;
}) {
  const { act, type, chosen } = props;
  const batch = useBatch();
  // As they were when it was opened: the list behind it is read anew afterwards.
  const [ticked] = useState(() => chosen.map((matter) => ({ matter })));
  const [field, setField] = useState<string | null>(null);
  const [change, setChange] = useState<Change>(nothing);
  const asks = act === 'edit' ? asksOfEdit(type, field) : asksOfBatch(act.move, type);
  // The one that stays is not merged itself.
  const rows = ticked.filter(({ matter }) => matter.id !== change.into);
  const body = {
    ...(act === 'edit' ? {} : { move: act.move.id }),
    ...bodyOf(change, asks),
  };
  const filled =
    act !== 'edit'
      ? asks.into !== 'must' || change.into !== ''
      : Object.keys(body.fields ?? {}).length > 0 || Boolean(body.due);
  const set = (next: Change) => {
    setChange(next);
    batch.forget();
  };
  const title = act === 'edit' ? t('matter.batch.edit') : act.move.title;
  return (
    <Drawer title={title} close={() => props.close(batch.result !== null)}>
      <div className="stack matter-form">
        {batch.result ? (
          <>
            <BatchRows of={batch.result} matters={chosenOf(rows)} type={type} />
            <p>
              <Button look="main" onClick={() => props.close(true)}>
                {t('act.close')}
              </Button>
            </p>
          </>
        ) : (
          <>
            <p className="muted">
              {t('matter.batch.for', { n: rows.length })}
              {act === 'edit' ? '' : ` ${t('matter.batch.kept')}`}
            </p>
            {act === 'edit' ? (
              <Select
                aria-label={t('matter.batch.field_of')}
                placeholder={t('matter.batch.field_of')}
                style={{ width: 280 }}
                value={field}
                options={[
                  ...type.fields
                    .filter((one) => one.type !== 'file')
                    .map((one) => ({ value: one.name, label: one.title })),
                  { value: ':due', label: t('matter.due') },
                ]}
                onChange={(name: string) => {
                  setField(name);
                  set(nothing);
                }}
              />
            ) : null}
            <ChangeFields
              unit={rows[0]?.matter.unit.id ?? ''}
              type={type.name}
              asks={asks}
              change={change}
              set={set}
              wrong={wrongIn(batch.error)}
              others={ticked.map(({ matter }) => matter)}
            />
            <BatchSend
              batch={batch}
              act={body}
              rows={rows}
              matters={chosenOf(rows)}
              type={type}
              filled={filled}
              cancel={() => props.close(false)}
            />
          </>
        )}
      </div>
    </Drawer>
  );
}

const chosenOf = (rows: { matter: Matter }[]): Matter[] => rows.map(({ matter }) => matter);

function asksOfEdit(type: MatterType, field: string | null): Asks {
  const found = type.fields.find((one) => one.name === field);
  return {
    fields: found ? [{ ...found, required: true }] : [],
    unit: 'no',
    due: field === ':due' ? 'must' : 'no',
    reason: 'may',
    evidence: 'no',
  };
}

// More time for the rows that are ticked: asked for until a day, or what waits is granted or refused.
// Seen first, with which rows are left out and why.
import { Select } from 'antd';
import { useState } from 'react';
import type { Matter, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { FieldBox } from '@/rooms/record/fields';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { type BatchAct, useBatch } from './batch';
import { BatchRows } from './batch_rows';
import { BatchSend } from './batch_send';
import { ChangeFields } from './change_fields';
import { type Asks, bodyOf, type Change, nothing, wrongIn } from './types';

export const extensionActs = ['ask', 'grant', 'refuse'] as const;
export type ExtensionAct = (typeof extensionActs)[number];

// Of which more time can be asked for.
export const extendable = (type: MatterType) => type.clocks.filter((clock) => clock.extension);

const titles: Record<ExtensionAct, string> = {
  ask: 'matter.extension.ask',
  grant: 'matter.extension.grant',
  refuse: 'matter.extension.refuse',
};
export const titleOf = (act: ExtensionAct): string => t(titles[act]);

function asksFor(act: ExtensionAct, type: MatterType, clock: string): Asks {
  const names = type.clocks.find((one) => one.id === clock)?.fields ?? [];
  const must = (name: string) => (act === 'ask' && names.includes(name) ? 'must' : 'may');
  return {
    fields:
      act === 'ask'
        ? type.fields
            .filter((field) => names.includes(field.name))
            .map((field) => ({ ...field, required: true }))
        : [],
    unit: 'no',
    due: act === 'ask' ? 'must' : 'no',
    reason: act === 'refuse' ? 'must' : must('reason'),
    evidence: act === 'ask' ? must('evidence') : 'no',
  };
}

export function ExtendForm(props: {
  act: ExtensionAct;
  type: MatterType;
  chosen: Matter[];
  close: (done: boolean) => void;
}) {
  const { act, type } = props;
  const batch = useBatch();
  const [rows] = useState(() => props.chosen.map((matter) => ({ matter })));
  const clocks = extendable(type);
  const [clock, setClock] = useState(clocks[0]?.id ?? '');
  const [change, setChange] = useState<Change>(nothing);
  const asks = asksFor(act, type, clock);
  const { due, ...rest } = bodyOf(change, asks);
  const body: BatchAct = {
    ...rest,
    extension: act === 'ask' ? { clock, until: due ?? null } : { clock, decision: act },
  };
  const filled = act !== 'ask' || due !== undefined;
  const matters = rows.map((row) => row.matter);
  return (
    <Drawer title={titleOf(act)} close={() => props.close(batch.result !== null)}>
      <div className="stack matter-form">
        {batch.result ? (
          <>
            <BatchRows of={batch.result} matters={matters} type={type} />
            <p>
              <Button look="main" onClick={() => props.close(true)}>
                {t('act.close')}
              </Button>
            </p>
          </>
        ) : (
          <>
            <p className="muted">
              {t('matter.batch.for', { n: rows.length })}{' '}
              {act === 'ask' ? t('matter.batch.extend_kept') : ''}
            </p>
            {clocks.length > 1 ? (
              <FieldBox id="extend-clock" title={t('matter.clocks')} required>
                <Select
                  id="extend-clock"
                  style={{ width: 240 }}
                  value={clock}
                  options={clocks.map((one) => ({ value: one.id, label: one.title }))}
                  onChange={(id: string) => {
                    setClock(id);
                    batch.forget();
                  }}
                />
              </FieldBox>
            ) : null}
            <ChangeFields
              unit={matters[0]?.unit.id ?? ''}
              type={type.name}
              asks={asks}
              change={change}
              set={(next) => {
                setChange(next);
                batch.forget();
              }}
              wrong={wrongIn(batch.error)}
            />
            <BatchSend
              batch={batch}
              act={body}
              rows={rows}
              matters={matters}
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

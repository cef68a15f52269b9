// The end of every form for many rows: what was refused, a look at what would be done and left out,
// and then the act itself; once it is done, what became of each row.
import type { ReactNode } from 'react';
import type { Matter, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Refusals } from '@/ui/states';
import type { BatchAct, BatchRow, useBatch } from './batch';
import { BatchRows } from './batch_rows';

type Batch = ReturnType<typeof useBatch>;

export function BatchSend(props: {
  batch: Batch;
  act: BatchAct;
  rows: BatchRow[];
  matters: Matter[];
  type: MatterType | undefined;
  filled: boolean;
  run?: (n: number) => string; // what the button of the act says
  done?: () => void;
  cancel: () => void;
  children?: ReactNode;
}) {
  const { batch, act, rows } = props;
  const { preview } = batch;
  const run = props.run ?? ((n) => t('matter.batch.run', { n }));
  return (
    <>
      <Refusals error={batch.error} />
      {preview ? <BatchRows of={preview} matters={props.matters} type={props.type} /> : null}
      <div className="send">
        <Button
          look={preview ? 'plain' : 'main'}
          busy={batch.busy}
          disabled={!props.filled}
          onClick={() => void batch.look(act, rows)}
        >
          {t('matter.batch.look')}
        </Button>
        {preview && preview.done > 0 ? (
          <Button
            look="main"
            busy={batch.busy}
            onClick={() => void batch.run(act, rows).then((answered) => answered && props.done?.())}
          >
            {run(preview.done)}
          </Button>
        ) : null}
        <Button onClick={props.cancel}>{t('act.cancel')}</Button>
        {props.children}
      </div>
    </>
  );
}

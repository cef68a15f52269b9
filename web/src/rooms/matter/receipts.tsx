// Whom a signed step reached: who has said that he has it, who has not, since when, and whether that
// is late; with the button for whoever works there.
import type { MatterClock } from '@/api/types';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';

type Rung = MatterClock['rungs'][number];
export type Receipt = Rung['receipts'][number];

function saidOf(rung: Rung, one: Receipt): string {
  const unit = nameOf(one.unit);
  if (one.on)
    return t(one.late ? 'matter.receipt.done_late' : 'matter.receipt.done', { unit, on: one.on });
  const since = rung.decided ?? '';
  const by = rung.acknowledge_by;
  if (!by) return t('matter.receipt.open', { unit, since });
  return t(one.late ? 'matter.receipt.late' : 'matter.receipt.open_by', { unit, since, by });
}

const lookOf = (one: Receipt): [string, string] =>
  one.late ? ['v-failed', '■'] : one.on ? ['v-met', '✓'] : ['v-open', '●'];

export function Receipts(props: { of: Rung; acknowledge: (one: Receipt) => void }) {
  const { of: rung } = props;
  if (rung.receipts.length === 0) return null;
  return (
    <ul className="receipts">
      {rung.receipts.map((one) => {
        const [look, shape] = lookOf(one);
        return (
          <li key={one.unit.id} className="row">
            <span className={`verdict ${look}`}>
              <i aria-hidden="true">{shape}</i>
              <span>{saidOf(rung, one)}</span>
            </span>
            {rung.acknowledge_by_assumed ? <span className="tag">{t('mark.assumed')}</span> : null}
            {one.by_name ? <span className="muted">{one.by_name}</span> : null}
            {one.reason ? <span className="matter-reason">{one.reason}</span> : null}
            {one.may ? (
              <Button look="main" onClick={() => props.acknowledge(one)}>
                {t('matter.receipt.acknowledge')}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

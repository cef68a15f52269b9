// The rows of an act on many: which would be done and which are left out and why, or what became of
// each of them.
import { Link } from 'react-router';
import type { Matter, MatterBatchDone, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { contentOf, stateIn } from './say';

type Item = MatterBatchDone['items'][number];

export function BatchRows(props: {
  of: MatterBatchDone;
  matters: Matter[];
  type: MatterType | undefined;
}) {
  const { of, matters, type } = props;
  const refused = of.items.filter((one) => !one.done);
  const done = of.items.filter((one) => one.done);
  const line = (item: Item) => {
    const matter = matters.find((one) => one.id === item.id);
    return (
      <li key={item.id}>
        <span className="row">
          <Icon name={item.done ? 'check' : 'warning'} size={16} />
          <Link to={`/matters/${item.id}`} target="_blank" className="grow two-lines">
            {matter ? contentOf(matter, type) : item.id}
          </Link>
          {item.done && item.state ? (
            <span className="tag plan">{stateIn(type, item.state)}</span>
          ) : null}
        </span>
        {item.why.map((why) => (
          <p key={why.say + (why.field ?? '')} className="small batch-why">
            {why.field ? t('matter.batch.field', { field: why.field, say: why.say }) : why.say}
          </p>
        ))}
      </li>
    );
  };
  return (
    <div className="stack batch-rows" role="status">
      <p className={`notice ${of.refused > 0 ? 'warn' : 'met'}`}>
        {t(of.dry_run ? 'matter.batch.would' : 'matter.batch.did', {
          done: of.done,
          refused: of.refused,
        })}
      </p>
      {refused.length > 0 ? <ul className="lines">{refused.map(line)}</ul> : null}
      {done.length > 0 ? (
        <details open={refused.length === 0 && done.length <= 12}>
          <summary>
            {t(of.dry_run ? 'matter.batch.would_list' : 'matter.batch.did_list', {
              n: done.length,
            })}
          </summary>
          <ul className="lines">{done.map(line)}</ul>
        </details>
      ) : null}
    </div>
  );
}

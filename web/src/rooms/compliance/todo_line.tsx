// One line of what is owed, with the one button that does it.
import type { Todo } from '@/api/parts';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, periodTitle, relativeDay } from '@/i18n/format';
import { Button, ButtonLink } from '@/ui/button';
import { VerdictWord } from '@/ui/verdict';
import { useObligation } from './hooks';
import './todo.css';

export function TodoLine(props: { todo: Todo; unit?: boolean; ask?: () => void }) {
  const { todo, unit } = props;
  const { me } = useSession();
  const duty = useObligation(todo.obligation);
  const params = new URLSearchParams({ unit: todo.unit.id });
  for (const type of todo.record_types.slice(0, 1)) params.append('type', type);
  const late = todo.perform_by < me.today;
  const by = late ? todo.enter_by : todo.perform_by;
  return (
    <li className="todo">
      <div className="grow">
        <p className="todo-title">
          {todo.title}
          {todo.name ? <span className="muted"> · {todo.name}</span> : null}
          {Number(todo.need) > 1 ? (
            <span className="num muted">
              {' '}
              {t('todo.so_far', { have: String(todo.have), need: String(todo.need) })}
            </span>
          ) : null}
        </p>
        <p className="small muted">
          {unit ? <span>{todo.unit.name} · </span> : null}
          {periodTitle(todo.period)} ·{' '}
          {t(late ? 'todo.enter_by' : 'todo.perform_by', {
            day: fullDay(by),
            relative: relativeDay(by, me.today),
          })}
        </p>
      </div>
      <VerdictWord verdict={todo.verdict} mayStill={todo.may_still_be_done} marks={todo.marks} />
      {props.ask && todo.bearer && (duty?.exempt || duty?.defer) ? (
        <Button look="quiet" onClick={props.ask}>
          {t('exemption.ask.action')}
        </Button>
      ) : null}
      {todo.record_types.length > 0 ? (
        <ButtonLink to={`/records/new?${params}`} look={todo.verdict === 'open' ? 'plain' : 'main'}>
          {t('record.enter.short')}
        </ButtonLink>
      ) : null}
    </li>
  );
}

// After saving: what it counted for, and what comes next.
import { Link } from 'react-router';
import type { RecordType, WouldCount } from '@/api/types';
import { t } from '@/i18n/i18n';
import { useTodo } from '@/rooms/compliance/hooks';
import { TodoLine } from '@/rooms/compliance/todo_line';
import { Button, ButtonLink } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { CountLines } from './counts';
import { type Draft, typeTitle } from './types';
import { comma } from '@/i18n/format';

export function Outcome(props: {
  done: { state: 'sent'; id: string; planned: boolean } | { state: 'waiting' };
  draft: Draft;
  types: RecordType[];
  counted: WouldCount | null;
  unit: string;
  again: () => void;
}) {
  const { done, draft } = props;
  const todo = useTodo(props.unit);
  const kinds = draft.types.map((type) => typeTitle(props.types, type)).join(comma());
  const yes = props.counted?.would_count.filter((one) => one.counts) ?? [];
  const next = todo.data?.items.slice(0, 3) ?? [];
  return (
    <div className="page narrow stack">
      <section className={`notice ${done.state === 'sent' ? 'met' : 'warn'}`} role="status">
        <div className="row">
          <Icon name={done.state === 'sent' ? 'check' : 'offline'} />
          <h1 className="grow">
            {done.state === 'waiting'
              ? t('record.saved.waiting')
              : t(done.planned ? 'record.saved.planned' : 'record.saved.done')}
          </h1>
        </div>
        <p>
          {draft.date} · {kinds}
          {draft.place ? ` · ${draft.place}` : ''}
        </p>
        {done.state === 'waiting' ? (
          <p className="muted">{t('record.saved.waiting_text')}</p>
        ) : null}
      </section>
      {yes.length > 0 && done.state === 'sent' && !done.planned ? (
        <section className="card">
          <header>
            <h2>{t('record.saved.counted')}</h2>
          </header>
          <ul className="counts body">
            <CountLines of={yes} />
          </ul>
        </section>
      ) : null}
      <div className="row">
        <ButtonLink to="/todo" look="main" icon="todo">
          {t('record.saved.todo')}
        </ButtonLink>
        <Button icon="plus" onClick={props.again}>
          {t('record.saved.again')}
        </Button>
        {done.state === 'sent' ? (
          <>
            <ButtonLink to={`/records/${done.id}`} icon="record">
              {t('record.saved.open')}
            </ButtonLink>
            <ButtonLink to={`/records/${done.id}/sheet`} icon="print">
              {t('record.sheet.action')}
            </ButtonLink>
          </>
        ) : null}
      </div>
      {next.length > 0 ? (
        <section className="card">
          <header>
            <h2>{t('record.saved.next')}</h2>
            <Link to="/todo">{t('record.saved.all')}</Link>
          </header>
          <ul className="lines">
            {next.map((one) => (
              <TodoLine key={`${one.obligation} ${one.period} ${one.bearer}`} todo={one} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

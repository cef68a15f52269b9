// The ledger as a board: a column for each state in the order of the type, with how many stand there;
// a card that is moved asks for what the move asks for. While one is dragged, and in its menu, only
// those states are open to which a move leads.
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { usePages } from '@/api/hooks';
import type { Matter, MatterCounts, MatterList, MatterType } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { Bones, More, Trouble } from '@/ui/states';
import './ledger_views.css';
import { Due, StateMark } from './marks';
import { MoveDrawer } from './move_drawer';
import { contentOf } from './say';
import { isNarrowed, queryOf, type View } from './view';

const pageSize = 20;

// The states to which somebody may lead it from where it stands, each once.
export function statesFrom(type: MatterType, state: string): string[] {
  const to = type.moves
    .filter((move) => move.by.length > 0 && move.from.includes(state) && move.to !== state)
    .map((move) => move.to);
  return type.states.map((one) => one.id).filter((id) => to.includes(id));
}

type Moving = { matter: Matter; to: string | null };

export function Board(props: {
  view: View;
  type: MatterType;
  counts: MatterCounts['types'][number] | undefined;
}) {
  const { view, type, counts } = props;
  const [dragged, setDragged] = useState<Matter | null>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [said, setSaid] = useState('');
  const root = useRef<HTMLDivElement>(null);
  const open = dragged ? statesFrom(type, dragged.state) : [];
  const states = type.states.filter((one) => !view.state || one.id === view.state);
  const countOf = (state: string): number | undefined => {
    if (!counts || view.party || isNarrowed(view)) return undefined;
    const found = counts.states.find((one) => one.id === state);
    if (view.open && found?.is_final) return 0;
    return (view.overdue ? found?.overdue : found?.count) ?? 0;
  };
  const jump = (state: string) =>
    root.current
      ?.querySelector(`[data-state="${state}"]`)
      ?.scrollIntoView({ inline: 'start', block: 'nearest' });
  return (
    <>
      {said ? (
        <p className="notice met" role="status">
          {said}
        </p>
      ) : null}
      <div className="board-jump">
        {states.map((one) => (
          <button key={one.id} type="button" className="chip" onClick={() => jump(one.id)}>
            {one.title} <span className="num">{countOf(one.id) ?? ''}</span>
          </button>
        ))}
      </div>
      <div
        className="board"
        ref={root}
        role="region"
        aria-label={t('matter.show.board')}
        tabIndex={0}
      >
        {states.map((one) => (
          <Column
            key={one.id}
            state={one}
            view={view}
            type={type}
            count={countOf(one.id)}
            drop={
              !dragged || dragged.state === one.id ? null : open.includes(one.id) ? 'may' : 'no'
            }
            drag={setDragged}
            move={(matter, to) => setMoving({ matter, to })}
            dropped={() => {
              if (dragged) setMoving({ matter: dragged, to: one.id });
              setDragged(null);
            }}
          />
        ))}
      </div>
      {moving ? (
        <MoveDrawer
          key={moving.matter.id}
          id={moving.matter.id}
          type={type}
          to={moving.to}
          close={() => setMoving(null)}
          done={(text) => {
            setMoving(null);
            setSaid(text);
          }}
        />
      ) : null}
    </>
  );
}

function Column(props: {
  state: MatterType['states'][number];
  view: View;
  type: MatterType;
  count: number | undefined; // absent: not of what is narrowed so
  drop: 'may' | 'no' | null; // whether what is dragged may come here
  drag: (matter: Matter | null) => void;
  move: (matter: Matter, to: string | null) => void;
  dropped: () => void;
}) {
  const { state, view, drop } = props;
  const query = { ...queryOf(view), type: props.type.name, state: state.id, sort: 'due' };
  const list = usePages<MatterList>('/matters', query, {
    limit: pageSize,
    enabled: props.count !== 0,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = props.count ?? items.length;
  const mark = drop === 'may' ? 'may' : drop === 'no' ? 'no' : '';
  return (
    <section
      className={`board-column ${state.final ? 'final' : ''} ${shown === 0 ? 'empty' : ''} ${mark}`}
      data-state={state.id}
      aria-label={state.title}
      onDragOver={(event) => {
        if (drop === 'may') event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (drop === 'may') props.dropped();
      }}
    >
      <header>
        <h2>{state.title}</h2>
        <span className="num">
          {props.count === undefined && list.hasNextPage
            ? t('matter.board.more_than', { n: shown })
            : shown}
        </span>
      </header>
      {drop === 'no' ? <p className="small muted board-no">{t('matter.board.no')}</p> : null}
      {props.count !== 0 && list.isPending ? <Bones lines={4} /> : null}
      {list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : null}
      <ul>
        {items.map((one) => (
          <Card key={one.id} matter={one} type={props.type} drag={props.drag} move={props.move} />
        ))}
      </ul>
      <More of={list} />
    </section>
  );
}

function Card(props: {
  matter: Matter;
  type: MatterType;
  drag: (matter: Matter | null) => void;
  move: (matter: Matter, to: string | null) => void;
}) {
  const { matter, type } = props;
  const may = useMay('matter_change');
  const to = may ? statesFrom(type, matter.state) : [];
  const content = contentOf(matter, type);
  return (
    <li
      className={`board-card ${matter.overdue ? 'late' : ''}`}
      draggable={to.length > 0}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', content);
        event.dataTransfer.effectAllowed = 'move';
        props.drag(matter);
      }}
      onDragEnd={() => props.drag(null)}
    >
      <div className="row between" style={{ flexWrap: 'nowrap' }}>
        <span className="small muted num">{matter.number ?? matter.id}</span>
        {to.length > 0 ? (
          <Menu
            label={t('matter.board.move', { what: content })}
            button={<Icon name="right" size={18} />}
          >
            <div className="label">{t('matter.board.move_to')}</div>
            {to.map((state) => (
              <button
                key={state}
                type="button"
                role="menuitem"
                onClick={() => props.move(matter, state)}
              >
                {type.states.find((one) => one.id === state)?.title ?? state}
              </button>
            ))}
          </Menu>
        ) : null}
      </div>
      <Link to={`/matters/${matter.id}`} className="three-lines" draggable={false}>
        {content}
      </Link>
      <span className="small muted">{nameOf(matter.unit)}</span>
      <Due matter={matter} />
      {matter.stale || matter.outcome ? <StateMark matter={matter} /> : null}
      {matter.reminded > 0 ? (
        <span className="small muted">{t('reminder.times', { n: matter.reminded })}</span>
      ) : null}
    </li>
  );
}

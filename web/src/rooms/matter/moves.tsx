// What may be done with a matter now, each as a button with what it needs; and what may not, with
// the reason in words.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MatterChanged, MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { Button } from '@/ui/button';
import { ChangeForm } from './change_form';
import { mainMove, stateIn } from './say';
import { asksOf, bodyOf, type Move, nothing } from './types';

const whyOf = (move: Move): string[] => move.why.map((one) => one.say);

export function Moves(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  done: (move: Move, changed: MatterChanged) => void;
}) {
  const { matter, type } = props;
  // Whoever comes from the list of things to do comes for one of them.
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('do');
  const [chosen, setChosen] = useState<Move | null>(
    matter.moves.find((move) => move.allowed && wanted === `move.${move.id}`) ?? null,
  );
  const leave = () => {
    setChosen(null);
    if (wanted) setSearch({}, { replace: true });
  };
  const allowed = matter.moves.filter((move) => move.allowed);
  const main = mainMove(allowed, type, matter.state);
  const may = main ? [main, ...allowed.filter((move) => move !== main)] : allowed;
  const not = matter.moves.filter((move) => !move.allowed);
  return (
    <section className="card moves" aria-label={t('matter.moves')}>
      <header>
        <h2>{t(may.length > 0 ? 'matter.moves' : 'matter.moves_none')}</h2>
      </header>
      <div className="body stack">
        {may.length > 0 ? (
          <ul className="stack">
            {may.map((move) => (
              <li key={move.id} className="move">
                <Button look={move === main ? 'main' : 'plain'} onClick={() => setChosen(move)}>
                  {move.title}
                </Button>
                <span className="small muted">{needsOf(move, matter, type)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {matter.moves.length === 0 ? <p className="muted">{t('matter.moves_end')}</p> : null}
        {not.length > 0 ? <NotNow moves={not} open={may.length === 0} /> : null}
      </div>
      {chosen ? (
        <MoveForm
          matter={matter}
          type={type}
          move={chosen}
          close={leave}
          done={(changed) => {
            leave();
            props.done(chosen, changed);
          }}
        />
      ) : null}
    </section>
  );
}

// "→ 已定措施 · 需填：整改措施、销号标准、完成时限"
function needsOf(move: Move, matter: MatterWhole, type: MatterType | undefined): string {
  const common: Record<string, string> = {
    due: t('matter.due'),
    reason: t('record.reason'),
    unit: t('matter.unit'),
    evidence: t('matter.evidence'),
    into: t('matter.into'),
  };
  const names = move.fields.map(
    (name) => type?.fields.find((field) => field.name === name)?.title ?? common[name] ?? name,
  );
  return [
    move.to === matter.state ? '' : t('matter.leads_to', { state: stateIn(type, move.to) }),
    names.length > 0 ? t('matter.asks_for', { fields: names.join(comma()) }) : '',
    move.guide ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function NotNow({ moves, open }: { moves: Move[]; open: boolean }) {
  return (
    <details className="not-now" open={open}>
      <summary>{t('matter.moves_not', { n: moves.length })}</summary>
      <ul className="stack">
        {moves.map((move) => (
          <li key={move.id}>
            <span className="muted">{move.title}</span>
            {whyOf(move).map((say) => (
              <p key={say} className="small">
                {say}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function MoveForm(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  move: Move;
  close: () => void;
  done: (changed: MatterChanged) => void;
}) {
  const { matter, type, move } = props;
  const asks = asksOf(move, type);
  const now = matter.moves.find((one) => one.id === move.id);
  const blocked = now ? whyOf(now) : [t('matter.move_gone', { move: move.title })];
  return (
    <ChangeForm
      matter={matter}
      type={type}
      title={move.title}
      about={`matter.${matter.id}.${move.id}`}
      path={`/matters/${matter.id}/moves`}
      asks={asks}
      // What stands there already need not be typed again; a new deadline is a decision.
      fresh={() => ({
        ...nothing,
        fields: Object.fromEntries(
          asks.fields.map(({ name }) => [name, matter.fields[name] ?? undefined]),
        ),
        due: move.to === matter.state ? '' : (matter.due ?? ''),
      })}
      body={(change) => ({ move: move.id, ...bodyOf(change, asks) })}
      submit={move.title}
      blocked={blocked}
      close={props.close}
      done={props.done}
    >
      <p className="row muted">
        {move.to === matter.state ? (
          t('matter.state_stays', { state: stateIn(type, move.to) })
        ) : (
          <>
            <span className="tag">{stateIn(type, matter.state)}</span>→
            <span className="tag plan">{stateIn(type, move.to)}</span>
          </>
        )}
      </p>
      {move.guide ? <p className="muted">{move.guide}</p> : null}
    </ChangeForm>
  );
}

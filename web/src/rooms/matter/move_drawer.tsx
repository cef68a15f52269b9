// A move from where many matters are seen: the matter is read, what leads on from it is offered, and
// the one that is chosen has its form.
import { useState } from 'react';
import { useGet } from '@/api/hooks';
import type { MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Drawer } from '@/ui/overlay';
import { Loaded } from '@/ui/states';
import { MoveForm } from './moves';
import { contentOf, stateIn } from './say';
import type { Move } from './types';

type Props = {
  id: string;
  type: MatterType;
  to: string | null; // only what leads there
  close: () => void;
  done: (said: string) => void;
};

export function MoveDrawer(props: Props) {
  const matter = useGet<MatterWhole>(`/matters/${props.id}`, {}, true, 0);
  const [chosen, setChosen] = useState<Move | null>(null);
  const all = (matter.data?.moves ?? []).filter((one) => !props.to || one.to === props.to);
  const allowed = all.filter((one) => one.allowed);
  const only = allowed.length === 1 && props.to ? allowed[0] : undefined;
  const move = chosen ?? only;
  if (matter.data && move) {
    return (
      <MoveForm
        matter={matter.data}
        type={props.type}
        move={move}
        close={props.close}
        done={(changed) =>
          props.done(
            t('matter.moved', { move: move.title, state: stateIn(props.type, changed.state) }),
          )
        }
      />
    );
  }
  return (
    <Drawer
      title={
        props.to
          ? t('matter.board.to', { state: stateIn(props.type, props.to) })
          : t('matter.moves')
      }
      close={props.close}
    >
      <Loaded of={matter} lines={5}>
        {(read) => (
          <div className="stack">
            <p className="matter-quote">{contentOf(read, props.type)}</p>
            {allowed.length === 0 ? (
              <p className="notice warn">{t('matter.board.not_you')}</p>
            ) : null}
            <ul className="stack">
              {allowed.map((one) => (
                <li key={one.id}>
                  <Button onClick={() => setChosen(one)}>{one.title}</Button>
                </li>
              ))}
              {all
                .filter((one) => !one.allowed)
                .map((one) => (
                  <li key={one.id}>
                    <span className="muted">{one.title}</span>
                    {one.why.map(({ say }) => (
                      <p key={say} className="small">
                        {say}
                      </p>
                    ))}
                  </li>
                ))}
            </ul>
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

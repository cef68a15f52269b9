// How many are where: every figure is pressed to see its matters.
import type { MatterCounts } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Bones } from '@/ui/states';
import { isNarrowed, type SetView, type View } from './view';

type OfType = MatterCounts['types'][number];
export type CountsOf = OfType[] | undefined;

// A figure is of all of it: what narrows the list beside state and lateness is taken away.
const whole = {
  stale: null,
  due_within: null,
  due_from: null,
  due_before: null,
  text: null,
};

type Props = { view: View; set: SetView };

export function StateCounts({ of, ...props }: Props & { of: CountsOf }) {
  const one = of?.length === 1 ? of[0] : undefined;
  return (
    <section className="state-counts" aria-label={t('matter.counts')}>
      {of === undefined ? <Bones lines={2} /> : null}
      {one ? <States of={one} {...props} /> : null}
      {of && !one ? of.map((type) => <Type key={type.type} of={type} {...props} />) : null}
    </section>
  );
}

function Figure(props: {
  title: string;
  count: number;
  overdue?: number;
  look?: string;
  pressed: boolean;
  press: () => void;
}) {
  return (
    <button
      type="button"
      className={`figure ${props.look ?? ''}`}
      aria-pressed={props.pressed}
      onClick={props.press}
    >
      <b className="num">{props.count}</b>
      <span>{props.title}</span>
      {props.overdue ? (
        <span className="v-failed small num">{t('matter.of_them_late', { n: props.overdue })}</span>
      ) : null}
    </button>
  );
}

function States({ of, view, set }: Props & { of: OfType }) {
  const none = view.state === null && !view.overdue && !isNarrowed(view);
  const shown = of.states.filter((state) => state.count > 0 || state.id === view.state);
  return (
    <>
      <Figure
        title={t('matter.list.all')}
        count={of.count}
        pressed={none}
        press={() => set({ ...whole, state: null, overdue: null })}
      />
      <Figure
        title={t('matter.list.overdue')}
        count={of.overdue}
        look={of.overdue > 0 ? 'v-failed' : ''}
        pressed={view.overdue}
        press={() => set({ ...whole, overdue: view.overdue ? null : 'true', state: null })}
      />
      <span className="figure-line" aria-hidden="true" />
      {shown.map((state) => (
        <Figure
          key={state.id}
          title={state.title ?? state.id}
          count={state.count}
          overdue={state.overdue}
          look={state.is_final ? 'final' : ''}
          pressed={view.state === state.id}
          press={() =>
            set({ ...whole, state: view.state === state.id ? null : state.id, overdue: null })
          }
        />
      ))}
    </>
  );
}

function Type({ of, view, set }: Props & { of: OfType }) {
  return (
    <Figure
      title={of.title}
      count={of.count}
      overdue={of.overdue}
      pressed={view.type === of.type}
      press={() => set({ ...whole, type: of.type, state: null })}
    />
  );
}

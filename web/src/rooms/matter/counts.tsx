// How many are where: every figure is pressed to see its matters.
import type { MatterCounts } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Bones } from '@/ui/states';
import { isNarrowed, type SetView, type View } from './view';

type OfType = MatterCounts['types'][number];
export type CountsOf = OfType[] | undefined;

// A figure is of all of it: what narrows the list beside state and lateness is taken away.
const whole = {
  open: null,
  overdue: null,
  state: null,
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

// How many, and how many of them are late: each opens to its own.
function Figure(props: {
  title: string;
  count: number;
  look?: string;
  pressed: boolean;
  press: () => void;
  late?: { count: number; pressed: boolean; press: () => void };
}) {
  const { late } = props;
  const main = (
    <button
      type="button"
      className={`figure ${props.look ?? ''}`}
      aria-pressed={props.pressed}
      onClick={props.press}
    >
      <b className="num">{props.count}</b>
      <span>{props.title}</span>
    </button>
  );
  if (!late || late.count === 0) return main;
  return (
    <span className="figure-with-late">
      {main}
      <button
        type="button"
        className="figure-late v-failed small num"
        aria-label={`${props.title} ${t('matter.of_them_late', { n: late.count })}`}
        aria-pressed={late.pressed}
        onClick={late.press}
      >
        {t('matter.of_them_late', { n: late.count })}
      </button>
    </span>
  );
}

function States({ of, view, set }: Props & { of: OfType }) {
  const none = view.state === null && !view.overdue && !view.open && !isNarrowed(view);
  const shown = of.states.filter((state) => state.count > 0 || state.id === view.state);
  const opened = (state: string, late: boolean) =>
    view.state === state && view.overdue === late ? null : state;
  return (
    <>
      <Figure
        title={t('matter.list.all')}
        count={of.count}
        pressed={none}
        press={() => set(whole)}
      />
      <Figure
        title={t('matter.list.open')}
        count={of.open}
        pressed={view.open}
        press={() => set({ ...whole, open: view.open ? null : 'true' })}
      />
      <Figure
        title={t('matter.list.overdue')}
        count={of.overdue}
        look={of.overdue > 0 ? 'v-failed' : ''}
        pressed={view.overdue && view.state === null}
        press={() =>
          set({ ...whole, overdue: view.overdue && view.state === null ? null : 'true' })
        }
      />
      <span className="figure-line" aria-hidden="true" />
      {shown.map((state) => (
        <Figure
          key={state.id}
          title={state.title ?? state.id}
          count={state.count}
          look={state.is_final ? 'final' : ''}
          pressed={view.state === state.id && !view.overdue}
          press={() => set({ ...whole, state: opened(state.id, false) })}
          late={{
            count: state.overdue,
            pressed: view.state === state.id && view.overdue,
            press: () => {
              const next = opened(state.id, true);
              set({ ...whole, state: next, overdue: next && 'true' });
            },
          }}
        />
      ))}
    </>
  );
}

function Type({ of, view, set }: Props & { of: OfType }) {
  const pressed = view.type === of.type;
  return (
    <Figure
      title={of.title}
      count={of.count}
      pressed={pressed && !view.overdue}
      press={() => set({ ...whole, type: of.type })}
      late={{
        count: of.overdue,
        pressed: pressed && view.overdue,
        press: () => set({ ...whole, type: of.type, overdue: 'true' }),
      }}
    />
  );
}

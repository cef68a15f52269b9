// One duty of a simulation: who turns from which verdict to which and why, in which units, and of
// one of them both explanations beside each other.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, post } from '@/api/client';
import type {
  SimulatedBearer,
  SimulatedDuty,
  SimulatedExplanation,
  SimulatedHome,
  SimulatedTurn,
} from '@/api/types';
import type { Verdict } from '@/api/parts';
import { t } from '@/i18n/i18n';
import { Why } from '@/rooms/compliance/explain';
import { ReasonGate } from '@/rooms/org/reason_gate';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Box, Drawer } from '@/ui/overlay';
import { Loaded } from '@/ui/states';
import { VerdictWord } from '@/ui/verdict';
import type { Supposition } from './simulation';

function TurnWords({ of }: { of: { today: string; supposed: string } }) {
  return (
    <span className="turn">
      <VerdictWord verdict={of.today as Verdict} />
      <span aria-hidden="true">→</span>
      <VerdictWord verdict={of.supposed as Verdict} />
    </span>
  );
}

function TurnLine({ turn }: { turn: SimulatedTurn }) {
  return (
    <li className={turn.today === turn.supposed ? 'muted' : undefined}>
      <div className="row between">
        <TurnWords of={turn} />
        <b className="num">{turn.bearers}</b>
      </div>
      {turn.because.length > 0 ? (
        <ul className="small">
          {turn.because.map((reason) => (
            <li key={reason.text}>{reason.text}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

export function SimulationDuty(props: {
  duty: SimulatedDuty;
  supposed: Supposition;
  close: () => void;
}) {
  const { duty } = props;
  const [home, setHome] = useState<SimulatedHome>();
  const more = duty.homes_changed - duty.homes.length;
  return (
    <Drawer title={`${duty.title} · ${duty.period_title}`} close={props.close}>
      <div className="stack">
        <ul className="turns">
          {duty.turns.map((turn) => (
            <TurnLine key={`${turn.today} ${turn.supposed}`} turn={turn} />
          ))}
        </ul>
        {duty.homes.length > 0 ? (
          <section>
            <h3>{t('simulation.homes')}</h3>
            <DataTable
              label={t('simulation.homes')}
              columns={homeColumns(duty, setHome)}
              rows={duty.homes}
              keyOf={(one) => one.unit.id}
            />
            {more > 0 ? <p className="muted small">{t('simulation.more', { more })}</p> : null}
          </section>
        ) : null}
      </div>
      {home?.bearer ? (
        <Pair
          duty={duty}
          bearer={home.bearer}
          name={nameOf(home)}
          supposed={props.supposed}
          close={() => setHome(undefined)}
        />
      ) : null}
    </Drawer>
  );
}

const nameOf = (home: SimulatedHome) =>
  home.unit.name ?? t('simulation.unnamed', { unit: home.unit.id });

const homeColumns = (
  duty: SimulatedDuty,
  open: (home: SimulatedHome) => void,
): TableColumn<SimulatedHome>[] => [
  { head: t('simulation.unit'), cell: nameOf },
  { head: t('simulation.turn'), cell: (home) => <TurnWords of={home} /> },
  ...(duty.bearer === 'unit'
    ? []
    : [
        {
          head: t('simulation.changed'),
          num: true,
          cell: (home: SimulatedHome) => `${home.changed} / ${home.judged}`,
        },
      ]),
  {
    head: t('simulation.compare'),
    quiet: true,
    cell: (home) =>
      home.bearer ? (
        <Button look="quiet" onClick={() => open(home)}>
          {t('simulation.compare')}
        </Button>
      ) : null,
  },
];

function Pair(props: {
  duty: SimulatedDuty;
  bearer: string;
  name: string;
  supposed: Supposition;
  close: () => void;
}) {
  const { duty, bearer } = props;
  const body: SimulatedBearer = {
    ...props.supposed,
    obligation: duty.obligation,
    period: duty.period,
    bearer,
  };
  const both = useQuery({
    queryKey: ['/simulations/explanation', body],
    queryFn: ({ signal }) =>
      post<SimulatedExplanation>('/simulations/explanation', body, { key: newKey(), signal }),
    retry: false,
  });
  return (
    <Box title={`${props.name} · ${duty.title}`} close={props.close}>
      <ReasonGate
        error={both.error}
        path={`/units/${bearer}/standing`}
        done={() => void both.refetch()}
      >
        <Loaded of={both} lines={9}>
          {(found) => (
            <div className="pair">
              {(['today', 'supposed'] as const).map((side) => {
                const why = found[side];
                return (
                  <section key={side} aria-label={t(`simulation.${side}`)}>
                    <h3>{t(`simulation.${side}`)}</h3>
                    {why ? <Why why={why} /> : <p>{t('simulation.no_duty')}</p>}
                  </section>
                );
              })}
            </div>
          )}
        </Loaded>
      </ReasonGate>
    </Box>
  );
}

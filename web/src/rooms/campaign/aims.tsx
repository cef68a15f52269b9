// Strands and goals of a campaign, side by side: how much of what serves each is done, which duties
// these are, and who is behind their figures.
import { useState } from 'react';
import type { Campaign } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { Bar, type DutyFigures, sum } from './bars';

type Aim = Campaign['strands'][number];
type Serves = 'strand' | 'goal';

/** Each duty serves at most one of them, so that the bars add up. */
export function AimBars(props: {
  campaign: Campaign;
  figures: DutyFigures[];
  open: (of: DutyFigures) => void;
}) {
  const { campaign, figures, open } = props;
  const list = (serves: Serves, aims: Aim[]) =>
    aims.length > 0 ? (
      <section className="aims">
        <h3>{t(`campaign.${serves}s`)}</h3>
        <ul className="dones" aria-label={t(`campaign.${serves}s`)}>
          {aims.map((aim) => (
            <AimBar
              key={aim.id}
              aim={aim}
              figures={figures.filter(({ column }) => column[serves] === aim.id)}
              open={open}
            />
          ))}
        </ul>
      </section>
    ) : null;
  return (
    <>
      {list('strand', campaign.strands)}
      {list('goal', campaign.goals)}
    </>
  );
}

function AimBar(props: { aim: Aim; figures: DutyFigures[]; open: (of: DutyFigures) => void }) {
  const [shown, setShown] = useState(false);
  const title = props.aim.title ?? props.aim.id;
  return (
    <Bar
      label={
        <button
          type="button"
          className="link row"
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'down' : 'right'} size={14} />
          {title}
        </button>
      }
      of={sum(props.figures)}
      strong
    >
      {shown ? (
        <ul className="served">
          {props.figures.map((one) => (
            <Bar
              key={`${one.column.obligation} ${one.column.period}`}
              label={
                <button type="button" className="link" onClick={() => props.open(one)}>
                  {one.column.title}
                </button>
              }
              of={one.cell}
            />
          ))}
          {props.figures.length === 0 ? (
            <li className="muted">{t('campaign.nothing_due')}</li>
          ) : null}
        </ul>
      ) : null}
    </Bar>
  );
}

// The units that were drawn, and why each: its stratum, its tickets, its place.
import { Link, useParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type { UnitDrawWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Loaded } from '@/ui/states';
import { DrawAnew, Draws } from './draw_anew';
import './round.css';

type Drawn = UnitDrawWhole['units'][number];
type Stratum = UnitDrawWhole['strata'][number];

export function Component() {
  const { id = '' } = useParams();
  const draw = useGet<UnitDrawWhole>(`/unit-draws/${id}`);
  return (
    <div className="page">
      <Loaded of={draw} lines={14}>
        {(one) => <Shown draw={one} />}
      </Loaded>
    </div>
  );
}

function columnsOf(draw: UnitDrawWhole): TableColumn<Drawn>[] {
  const columns: TableColumn<Drawn>[] = [
    {
      head: t('unit_draw.drawn_unit'),
      value: (one) => nameOf(one.unit),
      cell: (one) => <Link to={`/units/${one.unit.id}`}>{nameOf(one.unit)}</Link>,
    },
  ];
  if (draw.strata.some((one) => one.title !== null)) {
    columns.push({
      head: t('unit_draw.stratum'),
      value: (one) => one.stratum_title ?? '',
      cell: (one) => one.stratum_title ?? t('unit_draw.no_stratum'),
    });
  }
  const { weight_title: weighed } = draw;
  if (weighed !== null) {
    columns.push({
      head: weighed,
      num: true,
      value: (one) => one.weight ?? '',
      cell: (one) => one.weight ?? t('unit_draw.no_weight'),
    });
  }
  columns.push(
    {
      head: t('unit_draw.tickets'),
      num: true,
      value: (one) => one.tickets,
      cell: (one) => one.tickets,
    },
    {
      head: t('unit_draw.place'),
      num: true,
      value: (one) => one.place,
      cell: (one) => t('unit_draw.place_n', { n: one.place }),
    },
  );
  return columns;
}

function Shown({ draw }: { draw: UnitDrawWhole }) {
  const columns = columnsOf(draw);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{draw.name}</h1>
          <p className="muted">
            {draw.title} · {nameOf(draw.unit)} · {fullDay(draw.drawn)} ·{' '}
            {t('unit_draw.of', { drawn: draw.units.length, candidates: draw.candidates })}
          </p>
        </div>
        <div className="row">
          <ExportButton
            name={draw.name}
            columns={columns}
            rows={draw.units}
            asOf={draw.as_of}
            filter={[]}
          />
          {draw.may_redraw ? (
            <DrawAnew
              path={`/unit-draws/${draw.id}`}
              version={draw.version}
              text={t('unit_draw.anew_text')}
            />
          ) : null}
        </div>
      </div>
      <div className="stack">
        {draw.sentence ? <p>{draw.sentence}</p> : null}
        <DataTable
          label={t('unit_draw.drawn')}
          columns={columns}
          rows={draw.units}
          keyOf={(one) => one.unit.id}
        />
        <Strata of={draw.strata} />
        <Draws made={draw.made} rule={t('unit_draw.rule')} />
        <p className="as-of">{t('state.as_of', { at: instant(draw.as_of.known_at) })}</p>
      </div>
    </>
  );
}

function Strata({ of }: { of: Stratum[] }) {
  if (of.length < 2) return null;
  return (
    <section className="card" aria-label={t('unit_draw.strata')}>
      <header>
        <h2>{t('unit_draw.strata')}</h2>
      </header>
      <ul className="lines rounds">
        {of.map((one) => (
          <li key={one.stratum ?? ''}>
            <p className="grow">{one.title ?? t('unit_draw.no_stratum')}</p>
            <p className="num">
              {t('unit_draw.of', { drawn: one.drawn, candidates: one.candidates })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

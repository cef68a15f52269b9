// What was drawn by lot at a unit, and drawing once more as a pack declares it.
import { Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useGet, usePages, usePost } from '@/api/hooks';
import type { DeclaredDraws, UnitDrawList, UnitsDrawn } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { UnitSelect } from '@/rooms/org/unit_select';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Bones, Empty, Loaded, More, Refusals, Trouble } from '@/ui/states';
import './round.css';

export function Component() {
  const { unit } = useSession();
  const [at, setAt] = useState(unit?.id);
  const [drawing, setDrawing] = useState(false);
  const draws = useMay('draw_make');
  if (!unit || !at) return <Empty name="no_unit" icon="search" />;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('unit_draw.title')}</h1>
          <p>{t('unit_draw.text')}</p>
        </div>
        {draws ? (
          <Button look="main" icon="plus" onClick={() => setDrawing(true)}>
            {t('unit_draw.draw')}
          </Button>
        ) : null}
      </div>
      <div className="field">
        <label htmlFor="draws-unit">{t('unit_draw.unit')}</label>
        <UnitSelect
          id="draws-unit"
          value={[at]}
          named={{ [unit.id]: unit.name }}
          change={(units) => setAt(units[0] ?? unit.id)}
        />
      </div>
      <List unit={at} />
      {drawing ? <DrawBox unit={at} close={() => setDrawing(false)} /> : null}
    </div>
  );
}

function List({ unit }: { unit: string }) {
  const list = usePages<UnitDrawList>('/unit-draws', { unit });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) {
    return <Trouble error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) return <Bones lines={6} />;
  if (items.length === 0) {
    return (
      <section className="card">
        <Empty name="unit_draws" icon="search" />
      </section>
    );
  }
  return (
    <section className="card" aria-label={t('unit_draw.title')}>
      <ul className="lines rounds">
        {items.map((draw) => (
          <li key={draw.id}>
            <div className="grow">
              <p className="todo-title">
                <Link to={`/unit-draws/${draw.id}`}>{draw.name}</Link>
              </p>
              <p className="small muted">
                {draw.title} · {nameOf(draw.unit)} · {fullDay(draw.drawn)}
              </p>
            </div>
            {draw.draws > 1 ? (
              <p className="small">{t('unit_draw.times', { n: draw.draws })}</p>
            ) : null}
          </li>
        ))}
      </ul>
      <More of={list} />
    </section>
  );
}

// The server draws, so that nobody chooses the seed.
function DrawBox({ unit, close }: { unit: string; close: () => void }) {
  const declared = useGet<DeclaredDraws>(`/units/${unit}/draws`);
  return (
    <Box title={t('unit_draw.draw')} close={close}>
      <Loaded of={declared}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty name="declared_draws" icon="search" />
          ) : (
            <DrawForm unit={unit} items={items} />
          )
        }
      </Loaded>
    </Box>
  );
}

function DrawForm({ unit, items }: { unit: string; items: DeclaredDraws['items'] }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(items[0]?.draw);
  const [name, setName] = useState('');
  const draw = usePost<UnitsDrawn>('/unit-draws');
  const one = items.find((item) => item.draw === chosen);
  return (
    <form
      className="stack round-form"
      onSubmit={(event) => {
        event.preventDefault();
        draw.mutate(
          { body: { unit, draw: chosen, name: name.trim() } },
          { onSuccess: (drawn) => void navigate(`/unit-draws/${drawn.id}`) },
        );
      }}
    >
      {items.length > 1 ? (
        <div className="field">
          <label htmlFor="draw-which">{t('unit_draw.which')}</label>
          <Select
            id="draw-which"
            value={chosen}
            options={items.map((item) => ({ value: item.draw, label: item.title }))}
            onChange={setChosen}
          />
        </div>
      ) : null}
      {one ? <p>{one.sentence}</p> : null}
      {one?.guide ? <p className="muted">{one.guide}</p> : null}
      <div className="field">
        <label htmlFor="draw-name">{t('unit_draw.name')}</label>
        <input
          id="draw-name"
          className="text"
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <p className="small muted">{t('look_round.seed_text')}</p>
      <Refusals error={draw.error} />
      <div>
        <Button type="submit" look="main" busy={draw.isPending} disabled={!name.trim()}>
          {t('unit_draw.draw')}
        </Button>
      </div>
    </form>
  );
}

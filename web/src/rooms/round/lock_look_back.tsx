// Locking a round of look-backs: what nobody has looked at takes a reason each.
import { useState } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { LookBackRoundWhole, LookBackRowList, MatterType, RoundChanged } from '@/api/types';
import { t } from '@/i18n/i18n';
import { contentOf } from '@/rooms/matter/say';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Loaded, Refusals } from '@/ui/states';

export function LockLookBacks(props: {
  round: LookBackRoundWhole;
  types: MatterType[] | undefined;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="main" icon="lock" onClick={() => setAsking(true)}>
        {t('round.lock')}
      </Button>
      {asking ? (
        <Box title={t('round.lock')} close={() => setAsking(false)}>
          <LockForm {...props} close={() => setAsking(false)} />
        </Box>
      ) : null}
    </>
  );
}

function LockForm(props: {
  round: LookBackRoundWhole;
  types: MatterType[] | undefined;
  close: () => void;
}) {
  const { round, types, close } = props;
  const missing = useGet<LookBackRowList>(`/look-back-rounds/${round.id}/rows`, {
    only: 'missing',
    limit: 500,
  });
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const lock = usePost<RoundChanged>(`/look-back-rounds/${round.id}/lock`);
  const said = (id: string) => (reasons[id] ?? '').trim();
  return (
    <Loaded of={missing}>
      {({ items }) => {
        const first = items.map((row) => said(row.matter.id)).find((text) => text !== '');
        const all = items.every((row) => said(row.matter.id) !== '');
        return (
          <div className="stack">
            <p>{t('look_round.lock_text')}</p>
            {items.length > 0 ? (
              <p className="notice warn">{t('look_round.lock_missing', { n: items.length })}</p>
            ) : null}
            {items.map((row) => (
              <div className="field" key={row.matter.id}>
                <label htmlFor={`why-${row.matter.id}`}>
                  {contentOf(
                    row.matter,
                    types?.find((type) => type.name === row.matter.type),
                  )}
                </label>
                <input
                  id={`why-${row.matter.id}`}
                  className="text"
                  maxLength={200}
                  value={reasons[row.matter.id] ?? ''}
                  onChange={(event) =>
                    setReasons({ ...reasons, [row.matter.id]: event.target.value })
                  }
                />
              </div>
            ))}
            <Refusals error={lock.error} />
            <div className="row">
              <Button
                look="main"
                busy={lock.isPending}
                disabled={!all}
                onClick={() =>
                  lock.mutate(
                    {
                      body: {
                        version: round.version,
                        missing: items.map((row) => ({
                          matter: row.matter.id,
                          reason: said(row.matter.id),
                        })),
                      },
                    },
                    { onSuccess: close },
                  )
                }
              >
                {t('round.lock')}
              </Button>
              {first !== undefined && !all ? (
                <Button
                  onClick={() =>
                    setReasons(
                      Object.fromEntries(
                        items.map((row) => [row.matter.id, said(row.matter.id) || first]),
                      ),
                    )
                  }
                >
                  {t('look_round.same_reason')}
                </Button>
              ) : null}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

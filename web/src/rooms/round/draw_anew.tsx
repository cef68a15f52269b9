// Drawing anew, which takes a reason; and the draws that were made, each with its seed, so that
// whoever has the list draws the same again.
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

// `path`: of what was drawn, in the API.
export function DrawAnew({ path, version, text }: { path: string; version: number; text: string }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const draw = usePost(`${path}/draws`);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('look_round.draw_anew')}</Button>
      {asking ? (
        <Box title={t('look_round.draw_anew')} close={() => setAsking(false)}>
          <div className="stack">
            <p>{text}</p>
            <div className="field">
              <label htmlFor="draw-reason">{t('look_round.draw_why')}</label>
              <textarea
                id="draw-reason"
                className="text"
                rows={3}
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <Refusals error={draw.error} />
            <div>
              <Button
                look="main"
                busy={draw.isPending}
                disabled={!reason.trim()}
                onClick={() =>
                  draw.mutate(
                    { body: { version, reason: reason.trim() } },
                    { onSuccess: () => setAsking(false) },
                  )
                }
              >
                {t('look_round.draw_anew')}
              </Button>
            </div>
          </div>
        </Box>
      ) : null}
    </>
  );
}

type Made = {
  n: number;
  at: string;
  by_name: string | null;
  reason: string | null;
  seed: string | null;
};

export function Draws({ made, rule }: { made: Made[]; rule: string }) {
  return (
    <section className="card" aria-label={t('look_round.draws')}>
      <header>
        <h2>{t('look_round.draws')}</h2>
      </header>
      <ul className="lines rounds">
        {made.map((draw) => (
          <li key={draw.n}>
            <div className="grow">
              <p>
                {t('look_round.draw_n', { n: draw.n })}{' '}
                <span className="small muted">
                  {draw.by_name ?? ''} {instant(draw.at)}
                </span>
              </p>
              {draw.reason ? (
                <p className="small">{t('look_round.draw_reason', { reason: draw.reason })}</p>
              ) : null}
              {draw.seed ? (
                <p className="small seed">{t('look_round.seed', { seed: draw.seed })}</p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {made.some((draw) => draw.seed) ? (
        <p className="small muted" style={{ padding: '8px 16px' }}>
          {rule}
        </p>
      ) : null}
    </section>
  );
}

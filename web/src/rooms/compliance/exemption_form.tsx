// Asking to be exempt or for another date; somebody else, further up, decides.
import { DatePicker } from 'antd';
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { Todo } from '@/api/parts';
import type { Exemption } from '@/api/types';
import { titleIn, useVocabulary } from '@/app/vocabulary';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { Drawer } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import { useObligation } from './hooks';

export function ExemptionForm({ todo, close }: { todo: Todo; close: () => void }) {
  const duty = useObligation(todo.obligation);
  const words = useVocabulary();
  const kinds = (['exempt', 'defer'] as const).filter((one) => duty?.[one]);
  const [wanted, setKind] = useState<'exempt' | 'defer' | null>(null);
  const kind = wanted ?? kinds[0] ?? 'exempt';
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [act, setAct] = useState('');
  const ask = usePost<Exemption>('/exemptions');
  const reasons = duty?.[kind]?.reasons ?? [];
  return (
    <Drawer title={t('exemption.ask.title')} close={close}>
      {ask.isSuccess ? (
        <div className="stack">
          <p className="notice met" role="status">
            {t('exemption.ask.done')}
          </p>
          <div>
            <Button onClick={close}>{t('act.close')}</Button>
          </div>
        </div>
      ) : (
        <form
          className="stack"
          style={{ gap: 18 }}
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate({
              body: {
                kind,
                obligation: todo.obligation,
                bearer: todo.bearer,
                period: todo.period,
                reason,
                note: note.trim(),
                ...(kind === 'defer' && act ? { act } : {}),
              },
            });
          }}
        >
          <p>
            <strong>{todo.title}</strong> · {periodTitle(todo.period)} · {todo.unit.name}
          </p>
          <p className="muted">{t('exemption.ask.text')}</p>
          <div className="row" role="group" aria-label={t('exemption.kind')}>
            {kinds.map((one) => (
              <button
                key={one}
                type="button"
                className="chip"
                aria-pressed={kind === one}
                onClick={() => setKind(one)}
              >
                {t(`exemption.kind.${one}`)}
              </button>
            ))}
          </div>
          <div className="field">
            <span className="label">{t('exemption.reason')}</span>
            <div className="row" id="exempt-reason">
              {reasons.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="chip"
                  aria-pressed={reason === one}
                  onClick={() => setReason(one)}
                >
                  {titleIn(words.data?.leave_reasons, one)}
                </button>
              ))}
            </div>
          </div>
          {kind === 'defer' ? (
            <div className="field">
              <label htmlFor="act">{t('exemption.until')}</label>
              <DatePicker
                id="act"
                value={act ? dayOf(act) : null}
                minDate={dayOf(todo.perform_by)}
                onChange={(day) => setAct(day ? day.format('YYYY-MM-DD') : '')}
              />
            </div>
          ) : null}
          <div className="field">
            <label htmlFor="note">{t('exemption.note')}</label>
            <textarea
              id="note"
              className="text"
              rows={3}
              required
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <Refusals error={ask.error} />
          <div>
            <Button
              type="submit"
              look="main"
              busy={ask.isPending}
              disabled={!reason || !note.trim() || (kind === 'defer' && !act)}
            >
              {t('exemption.ask.submit')}
            </Button>
          </div>
        </form>
      )}
    </Drawer>
  );
}

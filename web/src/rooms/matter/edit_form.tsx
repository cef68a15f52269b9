// Editing what a matter says without moving it on; only what differs is sent.
import type { MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { ChangeForm } from './change_form';
import { type Asks, bodyOf, type Change, differing, nothing } from './types';

export function EditForm(props: {
  matter: MatterWhole;
  type: MatterType;
  close: () => void;
  done: () => void;
}) {
  const { matter, type } = props;
  const asks: Asks = {
    fields: type.fields,
    unit: 'no',
    // Once set it takes a move.
    due: matter.due === null ? 'may' : 'no',
    reason: 'may',
    evidence: 'may',
  };
  const body = (change: Change) => ({
    ...bodyOf(change, asks),
    fields: differing(change.fields, matter.fields, asks),
  });
  return (
    <ChangeForm
      matter={matter}
      type={type}
      title={t('matter.edit.title')}
      about={`matter.${matter.id}.edit`}
      path={`/matters/${matter.id}/edits`}
      asks={asks}
      fresh={() => ({ ...nothing, fields: { ...matter.fields } })}
      body={body}
      submit={t('matter.edit.submit')}
      close={props.close}
      done={props.done}
    >
      <p className="muted">{t('matter.edit.text')}</p>
    </ChangeForm>
  );
}

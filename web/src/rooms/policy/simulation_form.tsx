// What is supposed: another value of a parameter in force, or a version of a pack from files.
import { Select } from 'antd';
import { useRef, useState } from 'react';
import type { PackList, PackParameter, SimulatedFile } from '@/api/types';
import { useGet } from '@/api/hooks';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { useParameters } from './hooks';
import { packFiles, type Supposition } from './simulation';
import { ValueField } from './value_boxes';
import { isTyped, type Typed, typedOf, valueFrom, valueText } from './values';

const kinds = ['parameter', 'pack'] as const;

// What holds today: decided here, or else the pack's own latest.
const valueOf = (one: PackParameter, today: string): unknown => {
  const begun = <T extends { from: string }>(list: T[]) =>
    list.filter(({ from }) => from <= today).sort((a, b) => a.from.localeCompare(b.from));
  const decided = begun(one.decided).pop();
  return decided ? decided.value : begun(one.values).pop()?.value;
};

export function SimulationForm(props: { busy: boolean; run: (next: Supposition) => void }) {
  const { me } = useSession();
  const [kind, setKind] = useState<(typeof kinds)[number]>('parameter');
  const [on, setOn] = useState(me.today);
  const [value, setValue] = useState<Pick<Supposition, 'parameter' | 'value'>>();
  const [files, setFiles] = useState<SimulatedFile[]>([]);
  const next: Supposition | undefined =
    kind === 'pack' ? (files.length > 0 ? { files, on } : undefined) : value && { ...value, on };
  return (
    <form
      className="card pad stack simulation-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (next) props.run(next);
      }}
    >
      <div className="row" role="group" aria-label={t('simulation.kind')}>
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={kind === one}
            onClick={() => setKind(one)}
          >
            {t(`simulation.kind.${one}`)}
          </button>
        ))}
      </div>
      {kind === 'parameter' ? (
        <ParameterFields today={me.today} change={setValue} />
      ) : (
        <PackFields files={files} change={setFiles} />
      )}
      <div className="field">
        <label htmlFor="simulation-on">{t('simulation.on')}</label>
        <input
          id="simulation-on"
          className="text"
          type="date"
          style={{ maxWidth: 200 }}
          max={me.today}
          value={on}
          onChange={(event) => setOn(event.target.value)}
        />
        <span className="hint">{t('simulation.on_hint')}</span>
      </div>
      <div>
        <Button type="submit" look="main" busy={props.busy} disabled={next === undefined || !on}>
          {t('simulation.run')}
        </Button>
      </div>
    </form>
  );
}

function ParameterFields(props: {
  today: string;
  change: (next: Pick<Supposition, 'parameter' | 'value'> | undefined) => void;
}) {
  const packs = useGet<PackList>('/packs').data?.items ?? [];
  const all = useParameters(packs.filter((pack) => pack.active).map((pack) => pack.id));
  const parameters = all.filter((one) => isTyped(one.type, one.by));
  const [address, setAddress] = useState<string>();
  const [typed, setTyped] = useState<Typed>({ text: '', unit: '' });
  const chosen = parameters.find((one) => one.address === address);
  const change = (of: PackParameter, next: Typed) => {
    setTyped(next);
    const value = valueFrom(of.type, next);
    props.change(value === undefined ? undefined : { parameter: of.address, value });
  };
  return (
    <>
      <div className="field">
        <label htmlFor="simulation-parameter">{t('policy.parameter')}</label>
        <Select
          id="simulation-parameter"
          showSearch={{ optionFilterProp: 'label' }}
          value={address ?? null}
          options={parameters.map((one) => ({
            value: one.address,
            label: `${one.title} (${one.address})`,
          }))}
          onChange={(next: string) => {
            setAddress(next);
            const of = parameters.find((one) => one.address === next);
            if (of) change(of, typedOf(valueOf(of, props.today)));
          }}
        />
        {chosen ? (
          <span className="hint">
            {t('simulation.holds', { value: valueText(valueOf(chosen, props.today)) })}
          </span>
        ) : null}
      </div>
      {chosen ? (
        <div className="field">
          <label htmlFor="value">{t('simulation.value')}</label>
          <ValueField of={chosen} typed={typed} change={(next) => change(chosen, next)} />
        </div>
      ) : null}
    </>
  );
}

function PackFields(props: { files: SimulatedFile[]; change: (files: SimulatedFile[]) => void }) {
  const folder = useRef<HTMLInputElement>(null);
  const take = async (chosen: FileList | null) => props.change(await packFiles(chosen ?? []));
  return (
    <div className="field">
      <label htmlFor="simulation-files">{t('simulation.files')}</label>
      <div className="row">
        <input
          id="simulation-files"
          type="file"
          multiple
          accept=".yaml"
          onChange={(event) => void take(event.target.files)}
        />
        <Button onClick={() => folder.current?.click()}>{t('simulation.folder')}</Button>
        <input
          ref={(element) => {
            folder.current = element;
            element?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          hidden
          aria-hidden="true"
          tabIndex={-1}
          onChange={(event) => void take(event.target.files)}
        />
      </div>
      <span className="hint">
        {props.files.length > 0
          ? props.files.map((file) => file.path).join(' · ')
          : t('simulation.files_hint')}
      </span>
    </div>
  );
}

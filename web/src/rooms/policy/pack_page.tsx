// A pack, read only: what its clauses were made into, in sentences, with the parameters they use.
import { useParams, useSearchParams } from 'react-router';
import type { PackDetails } from '@/api/types';
import { useGet } from '@/api/hooks';
import { t, wordOf } from '@/i18n/i18n';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Empty, Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { Extends } from './extends';
import { clauseColumns, obligationColumns, parameterColumns, typeColumns } from './pack_columns';

const parts = ['obligations', 'parameters', 'clauses', 'record_types'] as const;
type Part = (typeof parts)[number];

export function Component() {
  const { pack = '' } = useParams();
  const found = useGet<PackDetails>(`/packs/${pack}`);
  const [search, setSearch] = useSearchParams();
  const asked = parts.find((one) => one === search.get('part'));
  return (
    <div className="page">
      <Loaded of={found}>
        {(one) => {
          // A pack that others build on has words and no duties.
          const part = asked ?? parts.find((name) => one[name].length > 0) ?? 'obligations';
          return (
            <>
              <div className="page-head">
                <div>
                  <h1>{one.title}</h1>
                  <p>
                    <code>{one.id}</code> {t('policy.version_is', { version: one.version })} ·{' '}
                    {wordOf('pack_status', one.status)}
                  </p>
                </div>
                <PartOf pack={one} part={part} as="export" />
              </div>
              <Extends pack={one} />
              <Tabs
                names={parts}
                shown={part}
                onShow={(name) => setSearch({ part: name }, { replace: true })}
              >
                {(name) => (
                  <>
                    {t(`policy.part.${name}`)} <span className="muted num">{one[name].length}</span>
                  </>
                )}
              </Tabs>
              <PartOf pack={one} part={part} as="table" />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function PartOf(props: { pack: PackDetails; part: Part; as: 'table' | 'export' }) {
  const { pack, part } = props;
  const common = { pack, part, as: props.as };
  if (part === 'obligations') {
    const keyOf = (duty: { address: string }) => duty.address;
    return (
      <Shown {...common} columns={obligationColumns()} rows={pack.obligations} keyOf={keyOf} />
    );
  }
  if (part === 'parameters') {
    const keyOf = (one: { address: string }) => one.address;
    return <Shown {...common} columns={parameterColumns()} rows={pack.parameters} keyOf={keyOf} />;
  }
  if (part === 'clauses') {
    const keyOf = (one: { id: string }) => one.id;
    return <Shown {...common} columns={clauseColumns(pack)} rows={pack.clauses} keyOf={keyOf} />;
  }
  const keyOf = (type: { name: string }) => type.name;
  return <Shown {...common} columns={typeColumns()} rows={pack.record_types} keyOf={keyOf} />;
}

function Shown<Row>(props: {
  pack: PackDetails;
  part: Part;
  as: 'table' | 'export';
  columns: TableColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}) {
  const { pack, part, columns, rows } = props;
  const name = `${pack.title} ${t(`policy.part.${part}`)}`;
  if (props.as === 'export') {
    return (
      <ExportButton
        name={name}
        columns={columns}
        rows={rows}
        asOf={pack.as_of}
        filter={[`${pack.id} ${t('policy.version_is', { version: pack.version })}`]}
      />
    );
  }
  if (rows.length === 0) return <Empty name="part" icon="policy" />;
  return <DataTable label={name} columns={columns} rows={rows} keyOf={props.keyOf} />;
}

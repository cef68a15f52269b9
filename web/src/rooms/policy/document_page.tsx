// A policy document beside what it became: left the text, right for the chosen clause its
// declarations and how the tree stands in them. What is chosen stands in the address.
import { useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Coverage, DocumentClauses } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, instant } from '@/i18n/format';
import { BehindDrawer } from '@/rooms/compliance/behind_drawer';
import type { Opened } from '@/rooms/compliance/standing_page';
import { isBranch } from '@/rooms/org/unit_name';
import { ButtonLink } from '@/ui/button';
import { usePhone } from '@/ui/look';
import { Drawer } from '@/ui/overlay';
import { Bones, Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { ClauseList, type StandingByDuty } from './clause_list';
import { ClausePanel } from './clause_panel';
import {
  around,
  countsOf,
  dutiesOf,
  isShown,
  type Line,
  linesOf,
  linesOfCoverage,
  type Show,
  unplaced,
} from './clauses';
import { CoverageBar } from './coverage_bar';
import { LeftClauses, LeftExport, Reading } from './document_parts';
import { documentTitle } from './document_title';
import { useCoverage, useParameters, useStandingOf, useText } from './hooks';
import '@/rooms/compliance/standing.css';
import './policy.css';

export function Component() {
  const { name = '' } = useParams();
  const coverage = useCoverage(name);
  const text = useText(coverage.data?.document);
  return (
    <div className="page">
      <nav className="path small" aria-label={t('unit.path')}>
        <Link to="/policy">{t('policy.title')}</Link>
      </nav>
      <Loaded of={coverage} lines={14}>
        {(one) =>
          one.document && !text.data ? (
            text.error ? (
              <Loaded of={text}>{() => null}</Loaded>
            ) : (
              <Bones lines={14} />
            )
          ) : (
            <Page key={name} coverage={one} text={text.data} />
          )
        }
      </Loaded>
    </div>
  );
}

const parts = ['text', 'left', 'reading'] as const;

function Page({ coverage, text }: { coverage: Coverage; text: DocumentClauses | undefined }) {
  const [search, setSearch] = useSearchParams();
  const part = parts.find((one) => one === search.get('part')) ?? 'text';
  const mayImport = useMay('pack_propose');
  const without = coverage.clauses.filter((one) => one.declarations.length === 0);
  const shown = text ? parts : parts.slice(0, 2);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{documentTitle(coverage)}</h1>
          <p>
            <Head coverage={coverage} />
          </p>
        </div>
        <div className="row no-print">
          <LeftExport coverage={coverage} />
          {mayImport ? (
            <ButtonLink icon="upload" to={`/policy?import=${encodeURIComponent(coverage.name)}`}>
              {t(text ? 'document.import.again' : 'document.import.text_of')}
            </ButtonLink>
          ) : null}
        </div>
      </div>
      <Notices coverage={coverage} />
      <CoverageBar counts={countsOf(coverage)} />
      <Tabs
        names={shown}
        shown={part}
        onShow={(one) => setSearch(one === 'text' ? {} : { part: one }, { replace: true })}
      >
        {(one) => (
          <>
            {t(`document.part.${one}`)}{' '}
            {one === 'left' ? <span className="muted num">{without.length}</span> : null}
            {one === 'reading' ? (
              <span className="muted num">{text?.repairs.length ?? 0}</span>
            ) : null}
          </>
        )}
      </Tabs>
      {part === 'left' ? (
        <LeftClauses clauses={without} />
      ) : part === 'reading' && text ? (
        <Reading text={text} />
      ) : (
        <Beside coverage={coverage} text={text} />
      )}
    </>
  );
}

function Head({ coverage }: { coverage: Coverage }) {
  const packs = coverage.packs.map((pack) => pack.title).join(comma());
  const facts = [
    coverage.imported_at
      ? t('document.imported', { version: coverage.version, at: instant(coverage.imported_at) })
      : null,
    packs ? t('document.cited_by', { packs }) : null,
    documentTitle(coverage) === coverage.name ? null : t('document.named', { name: coverage.name }),
  ];
  return <>{facts.filter(Boolean).join(' · ')}</>;
}

function Notices({ coverage }: { coverage: Coverage }) {
  const key = coverage.document
    ? coverage.same_copy === false
      ? 'other_copy_text'
      : null
    : 'no_text_text';
  return key ? (
    <p className="notice warn" style={{ marginBottom: 12 }}>
      {t(`document.${key}`)}
    </p>
  ) : null;
}

const shows: Show[] = ['all', 'declared', 'left', 'holes', 'unanswered'];

function withPart(search: URLSearchParams, name: string, value: string | null) {
  if (value) search.set(name, value);
  else search.delete(name);
  return search;
}

function useLines(coverage: Coverage, text: DocumentClauses | undefined) {
  return useMemo(() => {
    if (!text) return linesOfCoverage(coverage.clauses);
    const lines = linesOf(text.clauses, text.repairs, coverage.clauses);
    return [...lines, ...linesOfCoverage(unplaced(coverage.clauses, lines))];
  }, [coverage, text]);
}

function useStandingByDuty(duties: string[]) {
  const standing = useStandingOf(duties);
  const byDuty = useMemo(() => {
    const found: StandingByDuty = new Map();
    for (const [i, column] of (standing.data?.columns ?? []).entries()) {
      const cell = standing.data?.cells[i] ?? null;
      found.set(column.obligation, [...(found.get(column.obligation) ?? []), { column, cell }]);
    }
    return found;
  }, [standing.data]);
  return { byDuty, has: standing.data !== undefined };
}

function Beside({ coverage, text }: { coverage: Coverage; text: DocumentClauses | undefined }) {
  const { unit } = useSession();
  const phone = usePhone();
  const [search, setSearch] = useSearchParams();
  const show = shows.find((one) => one === search.get('show')) ?? 'all';
  const [repairs, setRepairs] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const lines = useLines(coverage, text);
  const duties = useMemo(() => dutiesOf(coverage.clauses), [coverage]);
  const { byDuty, has } = useStandingByDuty(duties);
  const parameters = useParameters(coverage.packs.map((pack) => pack.id));
  const asked = search.get('clause');
  // On a desktop there is always one to read; on a phone the text comes first.
  const first = phone ? undefined : lines.find((line) => dutiesOf(line.own).length > 0);
  const chosen = lines.find((line) => line.id === asked) ?? first ?? null;
  const choose = useMemo(
    () => (id: string | null) =>
      setSearch((before) => withPart(before, 'clause', id), {
        replace: true,
        preventScrollReset: true,
      }),
    [setSearch],
  );
  const setShow = (one: Show) =>
    setSearch((before) => withPart(before, 'show', one === 'all' ? null : one), {
      replace: true,
      preventScrollReset: true,
    });
  const panel = chosen ? (
    <ClausePanel
      own={chosen.own}
      around={text ? around(chosen.id, coverage.clauses) : []}
      standing={byDuty}
      hasStanding={has}
      parameters={parameters}
      open={(column, cell) =>
        setOpened({ node: { id: unit?.id ?? null, name: unit?.name ?? null }, column, cell })
      }
    />
  ) : null;
  const shown = lines.filter((line) => isShown(line, show));
  return (
    <>
      <Filters {...{ lines, show, setShow, repairs, setRepairs }} />
      <div className="beside">
        {shown.length > 0 ? (
          <ClauseList
            label={t('document.part.text')}
            lines={shown}
            chosen={chosen?.id ?? null}
            repairs={repairs}
            standing={byDuty}
            choose={choose}
          />
        ) : (
          <p className="card pad muted">{t('coverage.none_shown')}</p>
        )}
        {phone ? null : (
          <aside className="card" aria-live="polite">
            <header>
              <h2>{chosen ? titleOf(chosen) : t('coverage.choose')}</h2>
              {has && unit ? <span className="muted small">{unit.name}</span> : null}
            </header>
            <div className="body">{panel}</div>
          </aside>
        )}
      </div>
      {phone && chosen && !opened ? (
        <Drawer title={titleOf(chosen)} close={() => choose(null)}>
          {/* Its line is there before the figures are, so that nothing moves when they come. */}
          {unit ? <p className="muted small">{has ? unit.name : '\u00a0'}</p> : null}
          {panel}
        </Drawer>
      ) : null}
      {opened ? (
        <BehindDrawer
          opened={opened}
          close={() => setOpened(null)}
          branch={unit !== undefined && isBranch(unit)}
        />
      ) : null}
    </>
  );
}

const titleOf = (line: Line) =>
  line.heading ? `${line.path} ${line.heading}` : t('coverage.clause', { path: line.path });

function Filters(props: {
  lines: Line[];
  show: Show;
  setShow: (show: Show) => void;
  repairs: boolean;
  setRepairs: (repairs: boolean) => void;
}) {
  const { lines, show } = props;
  const mended = lines.reduce((sum, line) => sum + line.repairs.length, 0);
  return (
    <div className="row filters" role="group" aria-label={t('coverage.show')}>
      {shows.map((one) => {
        const n = lines.filter((line) => isShown(line, one)).length;
        return n > 0 || one === 'all' ? (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={one === show}
            onClick={() => props.setShow(one)}
          >
            {t(`coverage.show.${one}`)} <span className="num">{n}</span>
          </button>
        ) : null;
      })}
      {mended > 0 ? (
        <button
          type="button"
          className="chip"
          aria-pressed={props.repairs}
          onClick={() => props.setRepairs(!props.repairs)}
        >
          {t('document.show_repairs')} <span className="num">{mended}</span>
        </button>
      ) : null}
    </div>
  );
}

// The heat table: what stands in the window is drawn, the rest is room. First column and head stay.
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { Node, NodeName } from '@/api/parts';
import type { Cell, Column, StandingRow } from '@/api/types';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { language } from '@/i18n/language';
import { nameOf } from '@/rooms/org/unit_name';
import { useLook, usePhone } from '@/ui/look';
import { Glyph, glyphs, heat } from '@/ui/verdict';

export type HeatRow = StandingRow;

type Props = {
  columns: Column[]; // shown, in order
  all: Column[]; // as the cells stand
  total: { node: NodeName; cells: (Cell | null)[] };
  rows: HeatRow[];
  open: (node: NodeName, column: Column, cell: Cell) => void;
  down: (node: Node) => void;
  more: (() => void) | undefined;
};

function useSizes() {
  const phone = usePhone();
  const large = useLook().size === 'large';
  const scale = large ? 1.4 : phone ? 1.1 : 1;
  const wordy = language() === 'en'; // the same said in Latin letters is longer
  return {
    first: Math.round((phone ? 132 : 236) * (large ? 1.25 : 1)),
    column: Math.round((phone ? 104 : wordy ? 152 : 128) * scale),
    row: Math.round(44 * scale),
    head: Math.round((wordy ? 104 : 84) * scale),
  };
}

type Drawn = { rowFrom: number; rowTo: number; from: number; to: number; width: number };

// Which rows and columns are drawn, in steps, so that most of scrolling draws nothing anew.
function useDrawn(scroller: RefObject<HTMLDivElement | null>, rows: number, columns: number) {
  const sizes = useSizes();
  const [drawn, setDrawn] = useState<Drawn>({
    rowFrom: 0,
    rowTo: 24,
    from: 0,
    to: 14,
    width: sizes.column,
  });
  const frame = useRef(0);
  const measureNow = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = element;
    const spread = Math.max(0, clientWidth - sizes.first - columns * sizes.column);
    const width = sizes.column + (columns > 0 ? Math.floor(spread / columns) : 0);
    const down = (value: number, step: number) => Math.max(0, Math.floor(value / step) * step);
    const up = (value: number, step: number) => Math.ceil(value / step) * step;
    const next = {
      rowFrom: down(scrollTop / sizes.row - 6, 6),
      rowTo: up((scrollTop + clientHeight) / sizes.row + 6, 6),
      from: down(scrollLeft / width - 2, 3),
      to: up((scrollLeft + clientWidth) / width + 2, 3),
      width,
    };
    setDrawn((before) =>
      Object.keys(next).every((key) => next[key as keyof Drawn] === before[key as keyof Drawn])
        ? before
        : next,
    );
  }, [scroller, columns, sizes.first, sizes.column, sizes.row]);
  const measure = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(measureNow);
  }, [measureNow]);
  useLayoutEffect(measure, [measure]);
  useEffect(() => {
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [measure]);
  const clipped = {
    ...drawn,
    rowTo: Math.min(drawn.rowTo, rows),
    to: Math.min(drawn.to, columns),
  };
  return { sizes, drawn: clipped, measure };
}

export function HeatTable(props: Props) {
  const { columns, rows, more, all } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { sizes, drawn, measure } = useDrawn(scroller, rows.length, columns.length);
  const { rowFrom, rowTo, from, to, width } = drawn;
  useEffect(() => {
    if (more && rowTo >= rows.length - 20) more();
  }, [more, rowTo, rows.length]);
  const place = useMemo(() => {
    const shown = columns.slice(from, to);
    return { from, width, shown, index: shown.map((column) => all.indexOf(column)) };
  }, [columns, all, from, to, width]);
  const { shown } = place;
  const total = useMemo(
    () => ({ ...props.total.node, kind: '', has_children: true }),
    [props.total.node],
  );
  const whole = { width: sizes.first + columns.length * width };
  const height = Math.min(rows.length * sizes.row + sizes.row + sizes.head + 18, 820);
  return (
    <div
      ref={scroller}
      className="heat"
      role="grid"
      tabIndex={0}
      aria-label={t('standing.table')}
      aria-rowcount={rows.length + 2}
      aria-colcount={columns.length + 1}
      style={{
        height: `min(${height}px, calc(100dvh - 190px))`,
        scrollPadding: `${sizes.head + sizes.row}px 0 0 ${sizes.first}px`,
      }}
      onScroll={measure}
      onKeyDown={moveFocus}
    >
      <div role="rowgroup" className="heat-head" style={whole}>
        <div role="row" aria-rowindex={1} className="heat-row" style={{ height: sizes.head }}>
          <span role="columnheader" className="heat-first" style={{ width: sizes.first }}>
            {t('standing.unit')}
          </span>
          {shown.map((column, i) => (
            <Head
              key={`${column.obligation} ${column.period}`}
              column={column}
              left={sizes.first + (from + i) * width}
              width={width}
              index={from + i + 2}
            />
          ))}
        </div>
        <Row
          {...place}
          first={sizes.first}
          height={sizes.row}
          number={2}
          total
          node={total}
          cells={props.total.cells}
          open={props.open}
          down={undefined}
        />
      </div>
      <div
        role="rowgroup"
        style={{ ...whole, height: rows.length * sizes.row, position: 'relative' }}
      >
        {rows.slice(rowFrom, rowTo).map((row, i) => (
          <Row
            key={row.node.id ?? rowFrom + i}
            {...place}
            first={sizes.first}
            height={sizes.row}
            top={(rowFrom + i) * sizes.row}
            number={rowFrom + i + 3}
            node={row.node}
            cells={row.cells}
            open={props.open}
            down={props.down}
          />
        ))}
      </div>
    </div>
  );
}

// Arrows move from cell to cell as far as they are drawn.
function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const step = steps[event.key];
  const now = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[data-at]');
  if (!step || !now?.dataset.at) return;
  const [row, column] = now.dataset.at.split(' ').map(Number) as [number, number];
  const next = event.currentTarget.querySelector<HTMLElement>(
    `[data-at="${row + step[0]} ${column + step[1]}"] button, button[data-at="${row + step[0]} ${column + step[1]}"]`,
  );
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function Head(props: { column: Column; left: number; width: number; index: number }) {
  const { column } = props;
  const counted = t('standing.counted', { what: column.counted_in });
  return (
    <span
      role="columnheader"
      aria-colindex={props.index}
      className="heat-cell heat-title"
      style={{ left: props.left, width: props.width }}
      title={`${column.title} ${periodTitle(column.period)} ${counted}`}
    >
      <b>{column.title}</b>
      <span className="small muted">{periodTitle(column.period)}</span>
      <span className="small muted">
        {column.counted_in}
        {column.provisional ? ` · ${t('mark.provisional')}` : ''}
      </span>
    </span>
  );
}

const Row = memo(function Row(props: {
  from: number;
  width: number;
  index: number[];
  shown: Column[];
  first: number;
  height: number;
  top?: number;
  number: number;
  total?: boolean;
  node: Node;
  cells: (Cell | null)[];
  open: Props['open'];
  down: Props['down'] | undefined;
}) {
  const { node, down } = props;
  return (
    <div
      role="row"
      aria-rowindex={props.number}
      className={`heat-row ${props.total ? 'heat-total' : ''}`}
      style={
        props.top === undefined
          ? { height: props.height }
          : { height: props.height, position: 'absolute', top: props.top, insetInline: 0 }
      }
    >
      <span role="rowheader" className="heat-first" style={{ width: props.first }}>
        {down && node.id ? (
          <button
            type="button"
            className="link"
            data-at={`${props.number} 1`}
            onClick={() => down(node)}
            title={node.name ?? undefined}
          >
            {nameOf(node)}
          </button>
        ) : props.total ? (
          <b>{t('standing.total', { unit: nameOf(node) })}</b>
        ) : (
          <span className="muted">{nameOf(node)}</span>
        )}
      </span>
      {props.shown.map((column, i) => {
        const cell = props.cells[props.index[i] ?? -1];
        return (
          <span
            key={`${column.obligation} ${column.period}`}
            role="gridcell"
            aria-colindex={props.from + i + 2}
            data-at={`${props.number} ${props.from + i + 2}`}
            className={`heat-cell ${cell ? `heat-${heat(cell)}` : ''}`}
            style={{ left: props.first + (props.from + i) * props.width, width: props.width }}
          >
            <CellButton cell={cell ?? null} open={(found) => props.open(node, column, found)} />
          </span>
        );
      })}
    </div>
  );
});

export const isNothing = (cell: Cell) =>
  cell.worst === null || (cell.due === 0 && cell.exempt === 0);

// What of what; nothing of so few that they could be told apart.
export function CellButton(props: { cell: Cell | null; open: (cell: Cell) => void }) {
  const { cell } = props;
  if (cell === null) return <span className="muted small">{t('standing.withheld')}</span>;
  const open = () => props.open(cell);
  if (isNothing(cell)) {
    return <span className="sr">{t('standing.none')}</span>;
  }
  if (cell.due === 0) {
    return (
      <button type="button" className="heat-button" onClick={open}>
        <Glyph verdict="exempt" />
        <span className="small">{t('standing.exempt', { n: cell.exempt })}</span>
      </button>
    );
  }
  return (
    <button type="button" className="heat-button" onClick={open}>
      <Glyph verdict={cell.worst ?? 'not_applicable'} />
      <span className="num">
        {cell.done}/{cell.due}
      </span>
      {cell.unknown > 0 && cell.due > 1 ? (
        <span
          className="small v-unknown num"
          title={t('standing.unknown', { n: cell.unknown })}
          aria-label={t('standing.unknown', { n: cell.unknown })}
          role="img"
        >
          {glyphs.unknown}
          {cell.unknown}
        </span>
      ) : null}
    </button>
  );
}

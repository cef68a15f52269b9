// A document's text held against what packs say of it; no drawing here.
import type {
  Coverage,
  CoveredClause,
  CoveringDeclaration,
  DocumentClause,
  DocumentHole,
  DocumentRepair,
} from '@/api/types';

export type Piece = { text: string } | { kind: DocumentHole['kind']; shown: string };

// What stands in the place of a hole, where anything does; more is the text going on.
const placeholder_max = 24;

function placeOf(text: string, hole: DocumentHole, from: number): [number, number] | null {
  const before = text.indexOf(hole.before, Math.max(0, from - hole.before.length));
  if (before < 0) return null;
  const start = before + hole.before.length;
  if (start < from) return null;
  const after = hole.after === '' ? text.length : text.indexOf(hole.after, start);
  if (after < 0 || after - start > placeholder_max) return [start, start];
  return [start, hole.after === '' ? start : after];
}

/** The text with its holes where they are; one that is not found stands at the end. */
export function piecesOf(text: string, holes: DocumentHole[]): Piece[] {
  const pieces: Piece[] = [];
  const lost: Piece[] = [];
  let at = 0;
  for (const hole of holes) {
    const place = placeOf(text, hole, at);
    if (!place) {
      lost.push({ kind: hole.kind, shown: '' });
      continue;
    }
    if (place[0] > at) pieces.push({ text: text.slice(at, place[0]) });
    pieces.push({ kind: hole.kind, shown: text.slice(...place) });
    at = place[1];
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return [...pieces, ...lost];
}

/** One line of the left side: a clause of the text, or, without a text, one that packs cite. */
export type Line = {
  id: string;
  path: string;
  heading: string;
  text: string;
  depth: number;
  holes: DocumentHole[];
  repairs: DocumentRepair[];
  own: CoveredClause[]; // cited at exactly this clause
};

const within = ([from, until]: number[], [start, end]: number[]) =>
  (from ?? 0) >= (start ?? 0) && (until ?? 0) <= (end ?? 0);

export function linesOf(
  clauses: Pick<DocumentClause, 'id' | 'path' | 'heading' | 'text' | 'raw' | 'holes'>[],
  repairs: DocumentRepair[],
  covered: CoveredClause[],
): Line[] {
  return clauses.map((clause) => ({
    id: clause.id,
    path: clause.path,
    heading: clause.heading,
    text: clause.text,
    depth: clause.id.split('.').length - 1,
    holes: clause.holes,
    repairs: repairs.filter((repair) => within(repair.raw, clause.raw)),
    own: covered.filter((one) => one.at === clause.id),
  }));
}

export const linesOfCoverage = (covered: CoveredClause[]): Line[] =>
  covered.map((one) => ({
    id: one.id,
    path: one.id,
    heading: '',
    text: '',
    depth: 0,
    holes: [],
    repairs: [],
    own: [one],
  }));

/** Cited at what the clause lies in, the nearest first. */
export function around(id: string, covered: CoveredClause[]): CoveredClause[] {
  const found: CoveredClause[] = [];
  for (let at = id.lastIndexOf('.'); at > 0; at = id.lastIndexOf('.', at - 1))
    found.push(...covered.filter((one) => one.at === id.slice(0, at)));
  return found;
}

/** Cited at a place that this copy of the text does not have. */
export const unplaced = (covered: CoveredClause[], lines: Line[]): CoveredClause[] =>
  covered.filter((one) => !lines.some((line) => line.id === one.at));

export function declarationsOf(clauses: CoveredClause[]): CoveringDeclaration[] {
  const found = new Map<string, CoveringDeclaration>();
  for (const clause of clauses)
    for (const one of clause.declarations) found.set(`${one.kind} ${one.address}`, one);
  return [...found.values()];
}

export const dutiesOf = (clauses: CoveredClause[]): string[] =>
  declarationsOf(clauses)
    .filter((one) => one.kind === 'obligation')
    .map((one) => one.address);

export type Show = 'all' | 'declared' | 'left' | 'holes' | 'unanswered';

const hasHole = (line: Line) => line.holes.length > 0 || line.own.some((one) => one.hole);

export function isShown(line: Line, show: Show): boolean {
  if (show === 'declared') return line.own.some((one) => one.declarations.length > 0);
  if (show === 'left') return line.own.some((one) => one.left);
  if (show === 'holes') return hasHole(line);
  if (show === 'unanswered')
    return line.own.some((one) => one.declarations.length === 0 && !one.left);
  return true;
}

/** Every clause once, in parts that add up to all of them. */
export function countsOf(coverage: Pick<Coverage, 'clauses'>) {
  const counts = { declared: 0, bare_fact: 0, later: 0, no_duty: 0, unanswered: 0 };
  for (const one of coverage.clauses) {
    if (one.declarations.length > 0) counts.declared += 1;
    else counts[one.left ?? 'unanswered'] += 1;
  }
  return counts;
}

/** Figures that targets need and no table shows in this form. */
import { baseline } from '../catalogue.js';
import type { Results } from '../results.js';
import { of } from './figures.js';
import { figureOf, quantile, type Figure } from './stats.js';

type FigureOf = (results: Results) => Figure | null;

/** One connection alone: how much later half of the answers come. */
export function overUnguarded({ unloaded }: Results): Figure | null {
  const [ours, bare] = ['portcullis-slide', baseline].map((name) =>
    of(unloaded, name, ({ p50 }) => p50),
  );
  return ours && bare ? figureOf([ours.median - bare.median]) : null;
}

/** The worst of so many nodes. */
export function spread(nodes: readonly number[], isLoaded: boolean, share: number): FigureOf {
  return ({ revocation }) => {
    const rows = revocation?.rows.filter(
      (row) => nodes.includes(row.nodes) && row.isLoaded === isLoaded,
    );
    const each = (rows ?? []).map(({ spreadIn }) =>
      quantile(
        [...spreadIn].sort((a, b) => a - b),
        share,
      ),
    );
    return each.length === 0 ? null : figureOf([Math.max(...each)]);
  };
}

/** Of the largest number of entries that was tried. */
export function kept(
  part: Results['memory'],
  what: 'subject' | 'active user',
  bytes: 'heapBytes' | 'rssBytes',
): Figure | null {
  const row = part?.rows.filter((one) => one.what === what).at(-1);
  return row ? figureOf([row[bytes]]) : null;
}

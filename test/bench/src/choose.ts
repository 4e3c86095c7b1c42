/** What a run is to measure: everything, a group, a part, or what fits a pattern. */
import { baseline, variants, type Variant } from './catalogue.js';

export const parts = ['unloaded', 'micro', 'memory', 'scale', 'revocation', 'login'] as const;
export type Part = (typeof parts)[number];

export interface Chosen {
  readonly variants: readonly Variant[];
  readonly parts: readonly Part[];
  /** Nothing was left out. */
  readonly isAll: boolean;
}

/** `only` is the name of a group or part, or a pattern of names. The baseline comes with every variant. */
export function choose(only: RegExp | null, quick: boolean): Chosen {
  const offered = variants.filter((variant) => !quick || variant.quick || only !== null);
  if (only === null) return { variants: offered, parts, isAll: !quick };
  const groups = new Set<string>([...variants.map(({ group }) => group), ...parts]);
  const isGroup = groups.has(only.source);
  const wanted = offered.filter(({ name, group }) =>
    isGroup ? group === only.source : only.test(name) || only.test(group),
  );
  const chosenParts = parts.filter((part) => (isGroup ? part === only.source : only.test(part)));
  const isBaseNeeded = wanted.length > 0 || chosenParts.includes('unloaded');
  const isWanted = ({ name }: Variant): boolean =>
    wanted.some((one) => one.name === name) || (isBaseNeeded && name === baseline);
  return { variants: variants.filter(isWanted), parts: chosenParts, isAll: false };
}

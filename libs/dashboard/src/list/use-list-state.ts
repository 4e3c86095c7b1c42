// Which rows a list shows: all of it in the address, so that reload, Back, a link and a new tab agree.
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { isPageSize, readPageSize, rememberPageSize } from './page-size.js';
import { findTrail, rememberTrail } from './page-trail.js';

export interface ListState {
  /** Of a filter: '' when it is not set. */
  readonly get: (name: string) => string;
  /** Sets filters; the list begins anew. */
  readonly set: (changes: Readonly<Record<string, string>>, how?: { replace: boolean }) => void;
  readonly clear: () => void;
  readonly isFiltered: boolean;
  readonly size: number;
  readonly setSize: (size: number) => void;
  /** From 1. */
  readonly page: number;
  readonly cursor: string | undefined;
  readonly next: (cursor: string) => void;
  /** Undefined where the page before is not known (an address that somebody sent): begin anew. */
  readonly previous: (() => void) | undefined;
  readonly first: () => void;
}

const ofThePage = ['cursor', 'page', 'size', 'focus'];

export function useListState(filters: readonly string[]): ListState {
  const search = useSearch();
  const [location, navigate] = useLocation();

  const go = useCallback(
    (params: URLSearchParams, replace = false) => {
      params.delete('focus');
      const query = params.toString();
      navigate(query === '' ? location : `${location}?${query}`, { replace });
    },
    [location, navigate],
  );

  return useMemo(() => {
    const params = new URLSearchParams(search);
    const get = (name: string): string => params.get(name) ?? '';
    const set: ListState['set'] = (changes, { replace } = { replace: false }) => {
      const next = withoutPage(search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      go(next, replace);
    };
    return {
      get,
      set,
      clear: () => set(Object.fromEntries(filters.map((name) => [name, '']))),
      isFiltered: filters.some((name) => get(name) !== ''),
      ...paging(search, location, go),
    };
  }, [search, location, go, filters]);
}

type Paging = Omit<ListState, 'get' | 'set' | 'clear' | 'isFiltered'>;

function paging(search: string, location: string, go: (params: URLSearchParams) => void): Paging {
  const params = new URLSearchParams(search);
  const size = readPageSize(params.get('size'));
  const page = Math.max(1, Math.trunc(Number(params.get('page') ?? '1')) || 1);
  const cursor = params.get('cursor') ?? undefined;
  const list = `${location}?${withoutPage(search).toString()}&${String(size)}`;
  const to = (number: number, at: string | undefined): void => {
    const next = new URLSearchParams(search);
    next.delete('cursor');
    next.delete('page');
    if (number > 1 && at !== undefined) {
      next.set('page', String(number));
      next.set('cursor', at);
    }
    go(next);
  };
  const before = page === 2 ? '' : findTrail(list, page - 1);
  return {
    size,
    page,
    cursor,
    setSize: (chosen) => {
      if (!isPageSize(chosen)) return;
      rememberPageSize(chosen);
      const next = withoutPage(search);
      next.set('size', String(chosen));
      go(next);
    },
    next: (at) => {
      rememberTrail(list, page + 1, at);
      to(page + 1, at);
    },
    previous:
      page > 1 && before !== undefined
        ? () => to(page - 1, before === '' ? undefined : before)
        : undefined,
    first: () => to(1, undefined),
  };
}

/** The filter and the order alone. */
function withoutPage(search: string): URLSearchParams {
  const params = new URLSearchParams(search);
  const size = params.get('size');
  for (const name of ofThePage) params.delete(name);
  if (size !== null) params.set('size', size);
  return params;
}

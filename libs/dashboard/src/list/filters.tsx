// The row above a list: what narrows it, and what puts all of that away again.
import { Button, NativeSelect } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import './filters.css';
import type { ListState } from './use-list-state.js';

export interface FiltersProps {
  readonly list: ListState;
  readonly children: ReactNode;
}

export function Filters({ list, children }: FiltersProps): ReactElement {
  return (
    <div className="filters" role="search" aria-label="Filter">
      {children}
      {list.isFiltered && (
        <Button variant="subtle" onClick={list.clear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

export interface ChoiceProps {
  readonly list: ListState;
  readonly name: string;
  readonly label: string;
  /** Value and words; the first is what an empty value means. */
  readonly choices: readonly (readonly [string, string])[];
}

export function Choice({ list, name, label, choices }: ChoiceProps): ReactElement {
  return (
    <NativeSelect
      label={label}
      value={list.get(name)}
      data={choices.map(([value, words]) => ({ value, label: words }))}
      onChange={({ currentTarget }) => list.set({ [name]: currentTarget.value })}
    />
  );
}

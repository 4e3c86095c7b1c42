// A moment as a filter: chosen in the reader's own zone, in the address as UTC.
import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { toInputTime, toInstant } from '../time/clock.js';
import type { ListState } from './use-list-state.js';

export interface TimeFilterProps {
  readonly list: ListState;
  readonly name: string;
  readonly label: string;
}

export function TimeFilter({ list, name, label }: TimeFilterProps): ReactElement {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={toInputTime(list.get(name))}
      onChange={({ currentTarget }) => list.set({ [name]: toInstant(currentTarget.value) })}
    />
  );
}

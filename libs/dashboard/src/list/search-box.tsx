// The one box for whatever is at hand. `/` leads to it.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useSearch } from 'wouter';
import { useRestedText } from './text-filter.js';

export const searchBoxId = 'search';

export interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

export function SearchBox({ label, placeholder, value, onSearch }: SearchBoxProps): ReactElement {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  const wantsFocus = new URLSearchParams(useSearch()).get('focus') === 'search';
  useRestedText(text, setText, value, onSearch);

  useEffect(() => {
    if (wantsFocus) box.current?.focus();
  }, [wantsFocus]);

  return (
    <TextInput
      ref={box}
      id={searchBoxId}
      type="search"
      className="filter-search"
      label={label}
      placeholder={placeholder}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}

// A filter that is typed: an id, an address. Asked for when the typing rests.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { ListState } from './use-list-state.js';

const restMs = 250;

export interface TextFilterProps {
  readonly list: ListState;
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
}

export function TextFilter({ list, name, label, placeholder }: TextFilterProps): ReactElement {
  const [text, setText] = useState(list.get(name));
  useRestedText(text, setText, list.get(name), (found) =>
    list.set({ [name]: found }, { replace: true }),
  );
  return (
    <TextInput
      className="filter-text"
      label={label}
      {...(placeholder !== undefined && { placeholder })}
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
    />
  );
}

/** Tells what was typed once the typing rests; takes what the address says when that changed by itself. */
export function useRestedText(
  text: string,
  setText: (text: string) => void,
  fromAddress: string,
  tell: (text: string) => void,
): void {
  const asked = useRef(fromAddress);
  const teller = useRef(tell);
  teller.current = tell;

  useEffect(() => {
    if (fromAddress !== asked.current) {
      asked.current = fromAddress;
      setText(fromAddress);
    }
  }, [fromAddress, setText]);

  useEffect(() => {
    if (text.trim() === asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = text.trim();
      teller.current(text.trim());
    }, restMs);
    return () => clearTimeout(timer);
  }, [text]);
}

// One dialog for all actions of the page, whoever asks for them.
import {
  createContext,
  useContext,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { ActionDialog } from './action-dialog.js';
import type { Action } from './action.js';

type Ask = (action: Action) => void;

const ActionContext = createContext<Ask>(() => undefined);

/** Asks for confirmation, does it, shows what came of it. */
export const useAsk = (): Ask => useContext(ActionContext);

export function ActionProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [asked, setAsked] = useState<{ action: Action; number: number } | null>(null);
  const ask = useMemo<Ask>(() => {
    let number = 0;
    return (action) => setAsked({ action, number: ++number });
  }, []);
  return (
    <ActionContext value={ask}>
      {children}
      {asked && (
        <ActionDialog key={asked.number} action={asked.action} onClose={() => setAsked(null)} />
      )}
    </ActionContext>
  );
}

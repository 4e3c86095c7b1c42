// What is asked before: the reason first, so that nobody presses the red button by habit.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { ReasonField } from '../parts/reason-field.js';
import { Loading } from '../parts/states.js';
import type { Action, Given } from './action.js';
import { sayWhy } from './reason-missing.js';
import { whyItFailed } from './why-it-failed.js';

export interface ActionFormProps {
  readonly action: Action;
  readonly error: unknown;
  /** What was given the last time, when that failed. */
  readonly given: Given | undefined;
  readonly onCancel: () => void;
  readonly onSubmit: (given: Given) => void;
}

export function ActionForm(props: ActionFormProps): ReactElement {
  const { action, error, given, onCancel, onSubmit } = props;
  const [reason, setReason] = useState(given?.reason ?? '');
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<{ reason?: string; count?: string }>({});
  const counted = useCount(action);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const found = faultsOf(action, reason, typed, counted.data);
    setFault(found);
    if (found.reason === undefined && found.count === undefined) {
      onSubmit({ reason: reason.trim(), count: counted.data ?? 0 });
    }
  };

  return (
    <form className="stack" onSubmit={submit} noValidate>
      {error !== undefined && <Refusal error={error} verb={action.verb} />}
      <div>{action.consequence}</div>
      {action.reason === 'required' && (
        <ReasonField
          data-autofocus
          // After a refusal the dialog is open already.
          autoFocus={error !== undefined}
          required
          withAsterisk={false}
          value={reason}
          error={fault.reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
      {action.count && (
        <CountCheck counted={counted} typed={typed} setTyped={setTyped} fault={fault.count} />
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          {...(action.isDanger && { color: 'red.9' })}
          {...(action.reason === 'none' && !action.count && { 'data-autofocus': true })}
        >
          {error === undefined ? action.verb : `${action.verb} (try again)`}
        </Button>
      </div>
    </form>
  );
}

type Counted = ReturnType<typeof useCount>;

function useCount({ title, count }: Action) {
  return useQuery({
    queryKey: ['count', title],
    queryFn: () => count?.() ?? Promise.resolve(0),
    enabled: count !== undefined,
    refetchInterval: false,
    staleTime: 0,
    gcTime: 0,
  });
}

interface CountCheckProps {
  readonly counted: Counted;
  readonly typed: string;
  readonly setTyped: (text: string) => void;
  readonly fault: string | undefined;
}

function CountCheck({ counted, typed, setTyped, fault }: CountCheckProps): ReactElement {
  if (counted.isError) return <Refusal error={counted.error} verb="Counting" />;
  if (counted.data === undefined) return <Loading rows={1} />;
  const { data: count } = counted;
  return (
    <>
      <p role="status" className="action-count">
        <strong className="number">{count}</strong> {count === 1 ? 'session ends' : 'sessions end'}.
      </p>
      <TextInput
        label={`Type ${String(count)} to confirm`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        error={fault}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </>
  );
}

function faultsOf(
  action: Action,
  reason: string,
  typed: string,
  count: number | undefined,
): { reason?: string; count?: string } {
  const isReasonMissing = action.reason === 'required' && reason.trim() === '';
  const isCountWrong = action.count !== undefined && typed.trim() !== String(count);
  return {
    ...(isReasonMissing && { reason: sayWhy }),
    ...(isCountWrong && { count: 'This is not the number of sessions.' }),
  };
}

function Refusal({
  error,
  verb,
}: {
  readonly error: unknown;
  readonly verb: string;
}): ReactElement {
  const { title, detail } = whyItFailed(error, verb);
  return (
    <div role="alert" className="action-refusal">
      <strong>{title}</strong>
      <p>{detail}</p>
    </div>
  );
}

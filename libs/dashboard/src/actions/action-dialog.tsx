// Asks, does, and shows what came of it: the one way in which anything is ended or shut from here.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Dialog } from '../parts/dialog.js';
import './action-dialog.css';
import { ActionForm } from './action-form.js';
import { ActionOutcome } from './action-outcome.js';
import type { Action, Given, Outcome } from './action.js';
import { keepOutcome } from './last-outcome.js';
import { Working } from './working.js';

type Stage =
  | { readonly kind: 'asking'; readonly error?: unknown; readonly given?: Given }
  | { readonly kind: 'working'; readonly given: Given }
  | { readonly kind: 'done'; readonly outcome: Outcome };

export interface ActionDialogProps {
  readonly action: Action;
  readonly onClose: () => void;
}

export function ActionDialog({ action, onClose }: ActionDialogProps): ReactElement {
  const [stage, setStage] = useState<Stage>({ kind: 'asking' });
  const queries = useQueryClient();

  const run = async (given: Given): Promise<void> => {
    setStage({ kind: 'working', given });
    try {
      const outcome = await action.run(given);
      keepOutcome(outcome);
      setStage({ kind: 'done', outcome });
      action.onDone?.(outcome);
      await queries.invalidateQueries();
    } catch (error) {
      setStage({ kind: 'asking', error, given });
    }
  };

  const close = (): void => {
    keepOutcome(null);
    onClose();
  };

  const title = stage.kind === 'done' ? stage.outcome.headline : action.title;
  return (
    <Dialog title={title} isOpen onClose={close} mayClose={stage.kind !== 'working'}>
      {stage.kind === 'asking' && (
        <ActionForm
          action={action}
          error={stage.error}
          given={stage.given}
          onCancel={close}
          onSubmit={(given) => void run(given)}
        />
      )}
      {stage.kind === 'working' && <Working words={action.working} isRevoke={action.isDanger} />}
      {stage.kind === 'done' && (
        <ActionOutcome outcome={stage.outcome} nameOf={action.nameOf} onClose={close} />
      )}
    </Dialog>
  );
}

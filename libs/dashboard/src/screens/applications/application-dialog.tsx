// Makes or changes an application; what ends its sessions is said before and shown after.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { reasonFault, reasonMissing } from '../../actions/reason-missing.js';
import { RevocationResult } from '../../actions/revocation-result.js';
import { whyItFailed } from '../../actions/why-it-failed.js';
import { api, byHand, read, type Revocation } from '../../api/api.js';
import { ProblemError } from '../../api/problem-error.js';
import { Dialog } from '../../parts/dialog.js';
import { formText } from '../../parts/form-text.js';
import { ReasonField } from '../../parts/reason-field.js';
import { ApplicationFields } from './application-fields.js';
import { changesIn, toSettings } from './application-settings.js';
import type { ListedApplication } from './applications.queries.js';
import { OneTimeSecret } from './one-time-secret.js';

export interface ApplicationDialogProps {
  /** Null: a new one. */
  readonly application: ListedApplication | null;
  readonly onClose: () => void;
}

interface Saved {
  readonly name: string;
  readonly secret?: string;
  readonly revocation?: Revocation;
}

async function save(existing: ListedApplication | null, form: FormData): Promise<Saved> {
  const settings = toSettings(form);
  if (existing === null) {
    const { application, secret } = await read(
      api.POST('/admin/applications', { body: settings, ...byHand }),
    );
    return { name: application.name, secret };
  }
  const changes = changesIn(settings, existing);
  const reason = formText(form, 'reason').trim();
  if (changes.audience !== undefined && reason === '') throw reasonMissing();
  const params = { path: { id: existing.id } };
  const body = { ...changes, ...(reason !== '' && { reason }) };
  const answer = await read(api.PATCH('/admin/applications/{id}', { params, body, ...byHand }));
  const { name } = answer.application;
  return answer.revocation ? { name, revocation: answer.revocation } : { name };
}

export function ApplicationDialog(props: ApplicationDialogProps): ReactElement {
  const { onClose } = props;
  // As the fields show it, whatever it becomes meanwhile.
  const [application] = useState(props.application);
  const [error, setError] = useState<unknown>();
  const [saved, setSaved] = useState<Saved | null>(null);
  const queries = useQueryClient();

  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    try {
      const done = await save(application, new FormData(event.currentTarget));
      await queries.invalidateQueries();
      if (done.secret === undefined && done.revocation === undefined) onClose();
      else setSaved(done);
    } catch (refusal) {
      setError(refusal);
    }
  };

  if (saved) return <SavedDialog saved={saved} onClose={onClose} />;
  const fields = error instanceof ProblemError ? error.fields : [];
  return (
    <Dialog
      title={application ? `Edit ${application.name}` : 'Add an application'}
      isOpen
      onClose={onClose}
    >
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <ApplicationFields application={application} faults={fields} />
        {application && (
          <ReasonField name="reason" neededWhen="the audience changes" error={reasonFault(error)} />
        )}
        {error !== undefined && (
          <p role="alert" className="sign-in-fault">
            {whyItFailed(error, 'Save').detail}
          </p>
        )}
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">{application ? 'Save' : 'Add the application'}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function SavedDialog({ saved, onClose }: { saved: Saved; onClose: () => void }): ReactElement {
  return (
    <Dialog title={`${saved.name} is saved`} isOpen onClose={onClose}>
      <div className="stack">
        {saved.secret !== undefined && <OneTimeSecret secret={saved.secret} />}
        {saved.revocation && <RevocationResult revocation={saved.revocation} />}
        <div className="dialog-buttons">
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Dialog>
  );
}

// Changes a name or the roles. Other roles end the sessions: their tokens have the old ones.
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { reasonFault, reasonMissing } from '../../actions/reason-missing.js';
import { RevocationResult } from '../../actions/revocation-result.js';
import { whyItFailed } from '../../actions/why-it-failed.js';
import { api, byHand, read, type Revocation } from '../../api/api.js';
import { Dialog } from '../../parts/dialog.js';
import { formText } from '../../parts/form-text.js';
import { ReasonField } from '../../parts/reason-field.js';
import { toRoles } from '../users/roles.js';
import type { ListedUser } from '../users/users.queries.js';

export interface EditUserProps {
  readonly user: ListedUser;
  readonly onClose: () => void;
}

export function EditUser({ user: current, onClose }: EditUserProps): ReactElement {
  // As the fields show it, whatever it becomes meanwhile.
  const [user] = useState(current);
  const [error, setError] = useState<unknown>();
  const [revocation, setRevocation] = useState<Revocation>();
  const queries = useQueryClient();

  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = formText(form, 'reason').trim();
    const changes = changesIn(form, user);
    try {
      if (changes.roles && reason === '') throw reasonMissing();
      const path = { id: user.id };
      const body = { ...changes, ...(reason !== '' && { reason }) };
      const answer = await read(
        api.PATCH('/admin/users/{id}', { params: { path }, body, ...byHand }),
      );
      await queries.invalidateQueries();
      if (answer.revocation) setRevocation(answer.revocation);
      else onClose();
    } catch (refusal) {
      setError(refusal);
    }
  };

  return (
    <Dialog title={`Change ${user.email}`} isOpen onClose={onClose}>
      {revocation ? (
        <div className="stack">
          <p>The roles are changed. Tokens with the old ones are refused.</p>
          <RevocationResult revocation={revocation} />
          <div className="dialog-buttons">
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      ) : (
        <form className="stack" onSubmit={(event) => void submit(event)}>
          <UserFields user={user} />
          <ReasonField name="reason" neededWhen="the roles change" error={reasonFault(error)} />
          {error !== undefined && <p role="alert">{whyItFailed(error, 'Save').detail}</p>}
          <div className="dialog-buttons">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Save</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Only what was changed here: the rest may have been changed by somebody else since this was opened. */
function changesIn(form: FormData, user: ListedUser): { displayName?: string; roles?: string[] } {
  const displayName = formText(form, 'displayName').trim();
  const roles = toRoles(formText(form, 'roles'));
  const isSame =
    roles.length === user.roles.length && roles.every((role) => user.roles.includes(role));
  return {
    ...(displayName !== user.displayName && { displayName }),
    ...(!isSame && { roles }),
  };
}

function UserFields({ user }: Pick<EditUserProps, 'user'>): ReactElement {
  return (
    <>
      <TextInput
        name="displayName"
        label="Name"
        autoComplete="off"
        maxLength={100}
        defaultValue={user.displayName}
        data-autofocus
      />
      <TextInput
        name="roles"
        label="Roles"
        description="Separated by commas. A change ends every session of this user."
        autoComplete="off"
        defaultValue={user.roles.join(', ')}
      />
    </>
  );
}

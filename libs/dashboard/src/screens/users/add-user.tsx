// A new account, with its first password and roles.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { useLocation } from 'wouter';
import { whyItFailed } from '../../actions/why-it-failed.js';
import { api, byHand, read } from '../../api/api.js';
import { Dialog } from '../../parts/dialog.js';
import { faultsOf, toNewUser, type Faults } from './new-user.js';

export function AddUser({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [faults, setFaults] = useState<Faults>({});
  const [isBusy, setIsBusy] = useState(false);
  const [, navigate] = useLocation();
  const queries = useQueryClient();

  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    setFaults({});
    try {
      const body = toNewUser(new FormData(event.currentTarget));
      const { user } = await read(api.POST('/admin/users', { body, ...byHand }));
      void queries.invalidateQueries({ queryKey: ['users'] });
      onClose();
      navigate(`/users/${user.id}`);
    } catch (error) {
      setFaults(faultsOf(error, whyItFailed(error, 'Add the user').detail));
      setIsBusy(false);
    }
  };

  return (
    <Dialog title="Add a user" isOpen onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <NewUserFields faults={faults} />
        {faults.form !== undefined && <p role="alert">{faults.form}</p>}
        <div className="dialog-buttons">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            Add the user
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function NewUserFields({ faults }: { readonly faults: Faults }): ReactElement {
  return (
    <>
      <TextInput
        name="email"
        type="email"
        label="E-mail address"
        autoComplete="off"
        data-autofocus
        error={faults.email}
      />
      <TextInput name="displayName" label="Name" autoComplete="off" error={faults.displayName} />
      <PasswordInput
        name="password"
        label="First password"
        description="At least 12 characters."
        autoComplete="new-password"
        error={faults.password}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <TextInput
        name="roles"
        label="Roles"
        description="Separated by commas; admin may use this dashboard."
        autoComplete="off"
        error={faults.roles}
      />
    </>
  );
}

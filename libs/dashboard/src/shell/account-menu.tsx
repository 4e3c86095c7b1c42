// Who one is here, and the way out.
import { Button, Menu } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { session, useOperator } from '../session/session.js';
import { showKeys } from './keys-dialog.js';

export function AccountMenu(): ReactElement {
  const { user } = useOperator();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className="shell-account"
          leftSection={<IconUserCircle size={20} aria-hidden />}
        >
          <span className="shell-account-name">{user.email}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Your account">
        <Menu.Item
          component={Link}
          href={`/users/${user.id}`}
          leftSection={<IconUserCircle size={16} aria-hidden />}
        >
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={showKeys}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void session.signOut()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

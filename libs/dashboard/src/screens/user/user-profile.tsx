// Who it is, and since when the account is as it is.
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { Copyable } from '../../parts/copyable.js';
import { Facts } from '../../parts/facts.js';
import { Moment } from '../../time/moment.js';
import { Actor } from '../audit/parties.js';
import { StatusPill } from '../users/user-columns.js';
import type { ListedUser } from '../users/users.queries.js';
import { EditUser } from './edit-user.js';

export function UserProfile({ user }: { readonly user: ListedUser }): ReactElement {
  const [isEditing, setIsEditing] = useState(false);
  const { suspension } = user;
  return (
    <section className="panel stack" aria-label="Account">
      {suspension && (
        <div className="suspension">
          <strong>Suspended</strong> <Moment at={suspension.at} /> by{' '}
          <Actor actor={{ type: suspension.by === 'cli' ? 'cli' : 'user', id: suspension.by }} />: “
          {suspension.reason}”
        </div>
      )}
      <Facts
        facts={[
          ['Status', <StatusPill key="status" status={user.status} />],
          ['Name', user.displayName === '' ? '–' : user.displayName],
          ['Roles', user.roles.length === 0 ? 'None' : user.roles.join(', ')],
          [
            'Live sessions',
            <span key="count" className="number">
              {user.liveSessions}
            </span>,
          ],
          [
            'Last seen',
            user.lastSeenAt === null ? 'Never' : <Moment key="seen" at={user.lastSeenAt} />,
          ],
          ['Created', <Moment key="created" at={user.createdAt} />],
          ['User id', <Copyable key="id" value={user.id} what="user id" />],
          [
            'Token version',
            <span key="version" className="number">
              {user.tokenVersion}
            </span>,
          ],
        ]}
      />
      <div>
        <Button variant="default" size="xs" onClick={() => setIsEditing(true)}>
          Change name or roles…
        </Button>
      </div>
      {isEditing && <EditUser user={user} onClose={() => setIsEditing(false)} />}
    </section>
  );
}

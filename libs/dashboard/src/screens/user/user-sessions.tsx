// Where this user is signed in, and was.
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../actions/action-provider.js';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';
import { DataTable } from '../../list/data-table.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { deviceOf } from '../sessions/device.js';
import { sessionColumns } from '../sessions/session-columns.js';

const shown = 20;

export function UserSessions({ id }: { readonly id: string }): ReactElement {
  const ask = useAsk();
  const { data, error, refetch } = useQuery({
    queryKey: ['user', id, 'sessions'],
    queryFn: (context) =>
      read(
        api.GET('/admin/users/{id}/sessions', {
          params: { path: { id }, query: { limit: shown } },
          ...asking(context),
        }),
      ),
  });
  return (
    <section className="stack" aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">Sessions</h2>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={3} />}
      {data?.sessions.length === 0 && <Notice title="Never signed in" />}
      {data && data.sessions.length > 0 && (
        <DataTable
          label="Sessions of this user"
          columns={sessionColumns(ask).filter(({ head }) => head !== 'User')}
          rows={data.sessions}
          idOf={(session) => session.id}
          nameOf={({ userAgent }) => `the session on ${deviceOf(userAgent)}`}
        />
      )}
      {data && data.total > shown && (
        <p>
          <Link href={`/sessions?user=${id}`}>All {data.total} sessions</Link>
        </p>
      )}
    </section>
  );
}

// What was done to this user lately, and by whom.
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { AuditTable } from '../audit/audit-table.js';

const shown = 10;

export function UserAudit({ id }: { readonly id: string }): ReactElement {
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'of', id],
    queryFn: (context) =>
      read(
        api.GET('/admin/audit', {
          params: { query: { target: id, limit: shown } },
          ...asking(context),
        }),
      ),
  });
  return (
    <section className="stack" aria-labelledby="audit-heading">
      <h2 id="audit-heading">What was done to this account</h2>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={3} />}
      {data?.entries.length === 0 && <Notice title="Nothing yet" />}
      {data && data.entries.length > 0 && (
        <AuditTable label="Audit log of this account" entries={data.entries} />
      )}
      {data && data.total > shown && (
        <p>
          <Link href={`/audit?target=${id}`}>All {data.total} entries</Link>
        </p>
      )}
    </section>
  );
}

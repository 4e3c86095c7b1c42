// Who did what to whom, when, from where, and with what result.
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { CsvButton } from '../../list/csv-button.js';
import { Choice, Filters } from '../../list/filters.js';
import { Pager } from '../../list/pager.js';
import { TextFilter } from '../../list/text-filter.js';
import { TimeFilter } from '../../list/time-filter.js';
import { useListState, type ListState } from '../../list/use-list-state.js';
import { CopyLink } from '../../parts/copy-link.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { actionChoices } from './action-names.js';
import { AuditTable } from './audit-table.js';
import { auditQuery, type AuditQuery } from './audit.queries.js';

const filters = ['actor', 'target', 'action', 'result', 'ip', 'requestId', 'from', 'to'] as const;

export function AuditScreen(): ReactElement {
  const list = useListState(filters);
  const query = toQuery(list);
  return (
    <div className="stack">
      <PageTitle
        title="Audit log"
        aside={
          <>
            <CopyLink />
            <CsvButton path="/admin/audit" query={query} name="audit" />
          </>
        }
      />
      <Filters list={list}>
        <Choice list={list} name="action" label="Action" choices={actionChoices} />
        <Choice
          list={list}
          name="result"
          label="Result"
          choices={[
            ['', 'Any'],
            ['success', 'Done'],
            ['failure', 'Refused'],
          ]}
        />
        <TextFilter list={list} name="actor" label="By (id)" />
        <TextFilter list={list} name="target" label="To (id)" />
        <TextFilter list={list} name="ip" label="IP address" />
        <TextFilter list={list} name="requestId" label="Request id" />
        <TimeFilter list={list} name="from" label="From" />
        <TimeFilter list={list} name="to" label="Before" />
      </Filters>
      <AuditList list={list} query={query} />
    </div>
  );
}

function toQuery(list: ListState): AuditQuery {
  const given = filters.flatMap((name) => {
    const value = list.get(name);
    return value === '' ? [] : [[name, value] as const];
  });
  return {
    ...(Object.fromEntries(given) as Pick<AuditQuery, (typeof filters)[number]>),
    limit: list.size,
    ...(list.cursor !== undefined && { cursor: list.cursor }),
  };
}

function AuditList({ list, query }: { list: ListState; query: AuditQuery }): ReactElement {
  const { data, error, isPlaceholderData, refetch } = useQuery(auditQuery(query));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={10} />;
  const { entries, total, nextCursor } = data;
  return (
    <>
      {entries.length === 0 ? (
        <Notice title="No entry matches">Filters compare whole ids and addresses.</Notice>
      ) : (
        <AuditTable label="Audit log" entries={entries} isStale={isPlaceholderData} />
      )}
      <Pager
        list={list}
        things="entries"
        count={entries.length}
        total={total}
        nextCursor={nextCursor}
      />
    </>
  );
}

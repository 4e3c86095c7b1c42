// Every session that can make a request, and those that ended, with who ended them and why.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useAsk } from '../../actions/action-provider.js';
import { CsvButton } from '../../list/csv-button.js';
import { DataTable } from '../../list/data-table.js';
import { Choice, Filters } from '../../list/filters.js';
import { Pager } from '../../list/pager.js';
import { TextFilter } from '../../list/text-filter.js';
import { useListState, type ListState } from '../../list/use-list-state.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { deviceOf } from './device.js';
import { endMarked, endMatching } from './many-sessions.js';
import { MarkedSessions } from './marked-sessions.js';
import { ownerOf, sessionColumns } from './session-columns.js';
import { sessionsQuery, type SessionQuery } from './sessions.queries.js';

const filters = ['user', 'application', 'ip', 'state'] as const;
const usualOrder = '-lastSeenAt';

export function SessionsScreen(): ReactElement {
  const list = useListState(filters);
  const query = toQuery(list);
  return (
    <div className="stack">
      <PageTitle
        title="Sessions"
        aside={
          <>
            <CsvButton path="/admin/sessions" query={query} name="sessions" />
            <EndMatching list={list} />
          </>
        }
      />
      <Filters list={list}>
        <Choice
          list={list}
          name="state"
          label="State"
          choices={[
            ['', 'Any'],
            ['live', 'Live'],
            ['expired', 'Ran out'],
            ['ended', 'Ended'],
          ]}
        />
        <TextFilter list={list} name="user" label="User id" />
        <TextFilter list={list} name="application" label="Application id" />
        <TextFilter list={list} name="ip" label="IP address" />
      </Filters>
      <SessionList list={list} query={query} />
    </div>
  );
}

function toQuery(list: ListState): SessionQuery {
  const given = filters.flatMap((name) => {
    const value = list.get(name);
    return value === '' ? [] : [[name, value] as const];
  });
  return {
    ...(Object.fromEntries(given) as Pick<SessionQuery, (typeof filters)[number]>),
    sort: (list.get('sort') || usualOrder) as NonNullable<SessionQuery['sort']>,
    limit: list.size,
    ...(list.cursor !== undefined && { cursor: list.cursor }),
  };
}

/** Needs a filter: everybody is signed out from the system's page, with more ado. */
function EndMatching({ list }: { readonly list: ListState }): ReactElement | null {
  const ask = useAsk();
  const entries = ['user', 'application', 'ip'].map((name) => [name, list.get(name)] as const);
  const given = entries.filter(([, value]) => value !== '');
  if (given.length === 0) return null;
  return (
    <Button color="red.9" onClick={() => ask(endMatching(Object.fromEntries(given)))}>
      End all that match…
    </Button>
  );
}

function SessionList({ list, query }: { list: ListState; query: SessionQuery }): ReactElement {
  const { data, error, isPlaceholderData, refetch } = useQuery(sessionsQuery(query));
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const ask = useAsk();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={10} />;
  const { sessions, total, nextCursor } = data;
  const selected = sessions.filter(({ id, state }) => marked.has(id) && state === 'live');
  return (
    <>
      {selected.length > 0 && (
        <MarkedSessions
          count={selected.length}
          onEnd={() => ask(endMarked(selected, setMarked))}
          onNone={() => setMarked(new Set())}
        />
      )}
      {sessions.length === 0 ? (
        <Notice title={list.isFiltered ? 'No session matches' : 'Nobody has signed in yet'}>
          {list.isFiltered && 'Filters compare whole ids and addresses.'}
        </Notice>
      ) : (
        <DataTable
          label="Sessions"
          columns={sessionColumns(ask)}
          rows={sessions}
          idOf={({ id }) => id}
          nameOf={(session) =>
            `the session of ${ownerOf(session)} on ${deviceOf(session.userAgent)}`
          }
          sort={{ value: list.get('sort') || usualOrder, set: (sort) => list.set({ sort }) }}
          selection={{ ids: marked, set: setMarked }}
          isStale={isPlaceholderData}
        />
      )}
      <Pager
        list={list}
        things="sessions"
        count={sessions.length}
        total={total}
        nextCursor={nextCursor}
      />
    </>
  );
}

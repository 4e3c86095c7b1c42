// Accounts, found by whatever is at hand.
import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState, type ReactElement } from 'react';
import { useAsk } from '../../actions/action-provider.js';
import { CsvButton } from '../../list/csv-button.js';
import { DataTable } from '../../list/data-table.js';
import { Choice, Filters } from '../../list/filters.js';
import { Pager } from '../../list/pager.js';
import { SearchBox } from '../../list/search-box.js';
import { useListState, type ListState } from '../../list/use-list-state.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading, Notice } from '../../parts/states.js';
import { useOperator } from '../../session/session.js';
import { AddUser } from './add-user.js';
import { BulkBar } from './bulk-bar.js';
import { userColumns } from './user-columns.js';
import { usersQuery, type UserQuery } from './users.queries.js';

const filters = ['search', 'status', 'role'] as const;
const usualOrder = '-createdAt';

export function UsersScreen(): ReactElement {
  const list = useListState(filters);
  const [isAdding, setIsAdding] = useState(false);
  const query = toQuery(list);
  return (
    <div className="stack">
      <PageTitle
        title="Users"
        aside={
          <>
            <CsvButton path="/admin/users" query={query} name="users" />
            <Button
              leftSection={<IconUserPlus size={16} aria-hidden />}
              onClick={() => setIsAdding(true)}
            >
              Add user
            </Button>
          </>
        }
      />
      <UserFilters list={list} />
      <UserList list={list} query={query} />
      {isAdding && <AddUser onClose={() => setIsAdding(false)} />}
    </div>
  );
}

function toQuery(list: ListState): UserQuery {
  const search = list.get('search');
  const status = list.get('status');
  const role = list.get('role');
  return {
    ...(search !== '' && { search }),
    ...(status !== '' && { status: status as NonNullable<UserQuery['status']> }),
    ...(role !== '' && { role }),
    sort: (list.get('sort') || usualOrder) as NonNullable<UserQuery['sort']>,
    limit: list.size,
    ...(list.cursor !== undefined && { cursor: list.cursor }),
  };
}

function UserFilters({ list }: { readonly list: ListState }): ReactElement {
  const { set } = list;
  const search = useCallback((text: string) => set({ search: text }, { replace: true }), [set]);
  return (
    <Filters list={list}>
      <SearchBox
        label="Search"
        placeholder="E-mail, name, user or session id"
        value={list.get('search')}
        onSearch={search}
      />
      <Choice
        list={list}
        name="status"
        label="Status"
        choices={[
          ['', 'Any'],
          ['active', 'Active'],
          ['suspended', 'Suspended'],
        ]}
      />
      <Choice
        list={list}
        name="role"
        label="Role"
        choices={[
          ['', 'Any'],
          ['admin', 'Administrators'],
        ]}
      />
    </Filters>
  );
}

function UserList({ list, query }: { list: ListState; query: UserQuery }): ReactElement {
  const { data, error, isPlaceholderData, refetch } = useQuery(usersQuery(query));
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const ask = useAsk();
  const { user: self } = useOperator();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={10} />;
  const { users, total, nextCursor } = data;
  const selected = users.filter(({ id }) => marked.has(id));
  return (
    <>
      {selected.length > 0 && <BulkBar users={selected} ownId={self.id} onSelect={setMarked} />}
      {users.length === 0 ? (
        <NoUsers list={list} />
      ) : (
        <DataTable
          label="Users"
          columns={userColumns(ask, self.id)}
          rows={users}
          idOf={({ id }) => id}
          nameOf={({ email }) => email}
          sort={{ value: list.get('sort') || usualOrder, set: (sort) => list.set({ sort }) }}
          selection={{ ids: marked, set: setMarked }}
          isStale={isPlaceholderData}
        />
      )}
      <Pager
        list={list}
        things="users"
        count={users.length}
        total={total}
        nextCursor={nextCursor}
      />
    </>
  );
}

function NoUsers({ list }: { readonly list: ListState }): ReactElement {
  if (!list.isFiltered) return <Notice title="There are no users yet">Add the first one.</Notice>;
  return (
    <Notice
      title="No user matches"
      action={
        <Button variant="default" onClick={list.clear}>
          Clear filters
        </Button>
      }
    >
      The search looks at e-mail address, name, user id and session id.
    </Notice>
  );
}

// What people sign in to: each with its limits, its origins and the sessions it has now.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { DataTable } from '../../list/data-table.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading } from '../../parts/states.js';
import { ApplicationDialog } from './application-dialog.js';
import { applicationColumns } from './application-columns.js';
import { applicationsQuery, type ListedApplication } from './applications.queries.js';

/** `new`: one that is being made. */
type Edited = ListedApplication | 'new' | null;

export function ApplicationsScreen(): ReactElement {
  const { data, error, refetch } = useQuery(applicationsQuery());
  const [edited, setEdited] = useState<Edited>(null);
  return (
    <div className="stack">
      <PageTitle
        title="Applications"
        aside={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            Add application
          </Button>
        }
      />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading />}
      {!error && data && (
        <DataTable
          label="Applications"
          columns={applicationColumns(setEdited)}
          rows={data.applications}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
        />
      )}
      {edited !== null && (
        <ApplicationDialog
          application={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

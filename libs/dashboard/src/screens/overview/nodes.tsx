// Who answers from memory, for how long still, and whether anybody lags behind.
import type { ReactElement } from 'react';
import type { Overview } from '../../api/api.js';
import { DataTable, type Column } from '../../list/data-table.js';
import { Copyable } from '../../parts/copyable.js';
import { Pill } from '../../parts/pill.js';
import { Moment } from '../../time/moment.js';
import { toMilliseconds } from '../../time/words.js';

type Node = Overview['nodes'][number];

export interface NodesProps {
  readonly nodes: readonly Node[];
  /** The one that answers this page. */
  readonly own: string;
}

export function Nodes({ nodes, own }: NodesProps): ReactElement {
  return (
    <section className="stack" aria-labelledby="nodes">
      <h2 id="nodes">Nodes and joined services</h2>
      <DataTable
        label="Every node with its lease"
        columns={columnsFor(own)}
        rows={nodes}
        idOf={({ id }) => id}
        nameOf={({ id }) => id}
      />
    </section>
  );
}

const columnsFor = (own: string): readonly Column<Node>[] => [
  {
    head: 'Node',
    isRowHead: true,
    cell: ({ id }) => (
      <>
        <Copyable value={id} what="node id" shown="short" />
        {id === own && <span className="table-under">answers this page</span>}
      </>
    ),
  },
  { head: 'Kind', cell: ({ kind }) => (kind === 'service' ? 'Joined service' : 'Server') },
  { head: 'State', cell: (node) => <NodeState node={node} /> },
  {
    head: 'Lease left',
    align: 'end',
    cell: ({ leaseMs, leaseLeftMs }) => (
      <span className="number">
        {leaseLeftMs === null ? 'unknown' : toMilliseconds(leaseLeftMs)}
        <span className="table-under">of {toMilliseconds(leaseMs)}</span>
      </span>
    ),
  },
  {
    head: 'Events applied',
    align: 'end',
    cell: ({ acknowledged }) => <span className="number">{acknowledged.toLocaleString('en')}</span>,
  },
  { head: 'Last poll', cell: ({ polledAt }) => <Moment at={polledAt} inRow /> },
];

function NodeState({ node }: { readonly node: Node }): ReactElement {
  const { leaseLeftMs, behind } = node;
  if (leaseLeftMs === 0) return <Pill kind="bad" text="Lease ended: refuses everything" />;
  if (behind > 0) return <Pill kind="wait" text={`${String(behind)} events behind`} />;
  return <Pill kind="good" text="Up to date" />;
}

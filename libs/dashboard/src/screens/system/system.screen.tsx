// What the server needs and whether it is there, the limits in force, and the last resort.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk } from '../../actions/action-provider.js';
import type { Overview } from '../../api/api.js';
import { Facts } from '../../parts/facts.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading } from '../../parts/states.js';
import { Moment } from '../../time/moment.js';
import { toDuration } from '../../time/words.js';
import { applicationsQuery } from '../applications/applications.queries.js';
import { Nodes } from '../overview/nodes.js';
import { overviewQuery } from '../overview/overview.queries.js';
import { Health } from './health.js';
import { signEverybodyOut } from './sign-everybody-out.js';
import './system.css';

export function SystemScreen(): ReactElement {
  const { data, error, refetch } = useQuery(overviewQuery());
  return (
    <div className="stack">
      <PageTitle title="System" />
      <Health />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={4} />}
      {!error && data && (
        <>
          <Server overview={data} />
          <Nodes nodes={data.nodes} own={data.node} />
        </>
      )}
      <Limits />
      <Danger />
    </div>
  );
}

function Server({ overview }: { readonly overview: Overview }): ReactElement {
  const { storage, startedAt, node } = overview;
  return (
    <section className="panel stack" aria-labelledby="server">
      <h2 id="server">This node</h2>
      <Facts
        facts={[
          ['Storage', storage === 'mongodb' ? 'MongoDB, shared' : 'Embedded, one node'],
          ['Started', <Moment key="started" at={startedAt} />],
          ['Node id', <code key="node">{node}</code>],
        ]}
      />
    </section>
  );
}

function Limits(): ReactElement | null {
  const { data } = useQuery(applicationsQuery());
  if (!data) return null;
  return (
    <section className="panel stack" aria-labelledby="limits">
      <h2 id="limits">Limits in force</h2>
      <Facts
        facts={data.applications.map(({ id, name, accessTokenTtl, sessionTtl }) => [
          name,
          <span key={id}>
            {toDuration(accessTokenTtl)} idle, {toDuration(sessionTtl)} at most
          </span>,
        ])}
      />
      <p>
        <Link href="/applications">Applications</Link>
      </p>
    </section>
  );
}

function Danger(): ReactElement {
  const ask = useAsk();
  return (
    <section className="panel danger" aria-labelledby="danger">
      <h2 id="danger">Sign everybody out</h2>
      <p>
        Every session of everybody ends, on every node, <strong>yours too</strong>. For when keys,
        the database or the server itself may be in other hands. The sessions are counted first.
      </p>
      <div>
        <Button color="red.9" onClick={() => ask(signEverybodyOut())}>
          Sign everybody out…
        </Button>
      </div>
    </section>
  );
}

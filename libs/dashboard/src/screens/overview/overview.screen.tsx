// The first look: does a revoke take effect, on how many nodes, and what happened last.
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Overview } from '../../api/api.js';
import { Bars, type Bar } from '../../charts/bars.js';
import { PageTitle } from '../../parts/page-title.js';
import { Failure, Loading } from '../../parts/states.js';
import { toExact } from '../../time/words.js';
import { AuditTable } from '../audit/audit-table.js';
import { Nodes } from './nodes.js';
import './overview.css';
import { overviewQuery } from './overview.queries.js';
import { RevocationTimes } from './revocation-times.js';

export function OverviewScreen(): ReactElement {
  const { data, error, refetch } = useQuery(overviewQuery());
  return (
    <div className="stack">
      <PageTitle title="Overview" />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={8} />}
      {!error && data && <Content overview={data} />}
    </div>
  );
}

function Content({ overview }: { readonly overview: Overview }): ReactElement {
  return (
    <>
      <Tiles overview={overview} />
      <RevocationTimes revocations={overview.revocations} />
      <Nodes nodes={overview.nodes} own={overview.node} />
      <Hours overview={overview} />
      <section className="stack" aria-labelledby="latest">
        <div className="row row-spread">
          <h2 id="latest">What happened last</h2>
          <Link href="/audit">Audit log</Link>
        </div>
        <AuditTable label="The newest entries of the audit log" entries={overview.entries} />
      </section>
    </>
  );
}

function Tiles({ overview }: { readonly overview: Overview }): ReactElement {
  const { users, signedInUsers, liveSessions, revocations, failedSignInsPerHour, nodes } = overview;
  const failed = failedSignInsPerHour.reduce((sum, { count }) => sum + count, 0);
  const up = nodes.filter(({ leaseLeftMs }) => leaseLeftMs !== 0).length;
  const tiles: readonly (readonly [string, string | number, string])[] = [
    ['Users signed in', signedInUsers, '/users'],
    ['Live sessions', liveSessions, '/sessions?state=live'],
    ['Suspended', users.suspended, '/users?status=suspended'],
    ['Revokes, 24 h', revocations.count, '/audit'],
    ['Failed sign-ins, 24 h', failed, '/audit?action=session.login&result=failure'],
    ['Nodes up', `${String(up)} of ${String(nodes.length)}`, '/system'],
  ];
  return (
    <ul className="tiles">
      {tiles.map(([name, value, href]) => (
        <li key={name}>
          <Link href={href} className="tile panel">
            <span className="tile-name">{name}</span>
            <span className="tile-value number">
              {typeof value === 'number' ? value.toLocaleString('en') : value}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const toBars = (points: Overview['liveSessionsPerHour']): Bar[] =>
  points.map(({ at, count }) => ({ key: at, label: toExact(Date.parse(at)), value: count }));

function Hours({ overview }: { readonly overview: Overview }): ReactElement {
  const { liveSessionsPerHour: live, failedSignInsPerHour: failed } = overview;
  const most = (points: typeof live): string =>
    String(Math.max(0, ...points.map(({ count }) => count)));
  return (
    <div className="hours">
      <section className="panel stack-tight" aria-labelledby="hours-live">
        <h2 id="hours-live">Live sessions, last 24 hours</h2>
        <Bars
          title="Live sessions at each full hour"
          summary={`at most ${most(live)}`}
          bars={toBars(live)}
          toText={String}
          columns={['At', 'Sessions']}
        />
      </section>
      <section className="panel stack-tight" aria-labelledby="hours-failed">
        <h2 id="hours-failed">Failed sign-ins, last 24 hours</h2>
        <Bars
          title="Failed sign-ins in each hour"
          summary={`at most ${most(failed)} in an hour`}
          bars={toBars(failed)}
          toText={String}
          columns={['From', 'Failed']}
        />
      </section>
    </div>
  );
}

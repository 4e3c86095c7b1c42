// How long it took until a revoke held on every node: what this server is for, in milliseconds.
import type { ReactElement } from 'react';
import type { Overview } from '../../api/api.js';
import { Bars } from '../../charts/bars.js';
import { toExact, toMilliseconds } from '../../time/words.js';

export interface RevocationTimesProps {
  readonly revocations: Overview['revocations'];
}

export function RevocationTimes({ revocations }: RevocationTimesProps): ReactElement {
  const { durationMs, recent } = revocations;
  return (
    <section className="panel stack" aria-labelledby="times">
      <h2 id="times">From a revoke until it holds on every node</h2>
      {durationMs === null ? (
        <p className="soft">Nothing was revoked in the last 24 hours.</p>
      ) : (
        <>
          <dl className="times">
            <Figure name="Half of them within" value={durationMs.p50} />
            <Figure name="95 % within" value={durationMs.p95} />
            <Figure name="The slowest" value={durationMs.max} />
          </dl>
          <Bars
            title="Time until a revoke held on every node"
            summary={`the newest ${String(recent.length)}, at most ${toMilliseconds(
              Math.max(0, ...recent.map((one) => one.durationMs)),
            )}`}
            bars={[...recent].reverse().map((one) => ({
              key: one.id,
              label: `${toExact(Date.parse(one.effectiveAt))}, ${one.action}, ${nodesOf(one.nodes)}`,
              value: one.durationMs,
              isMarked: one.nodes.some(({ leaseEnded }) => leaseEnded === true),
            }))}
            toText={toMilliseconds}
            columns={['Revoke', 'Held everywhere after']}
          />
        </>
      )}
    </section>
  );
}

function nodesOf(nodes: Overview['revocations']['recent'][number]['nodes']): string {
  const silent = nodes.filter(({ leaseEnded }) => leaseEnded === true).length;
  const count = `${String(nodes.length)} ${nodes.length === 1 ? 'node' : 'nodes'}`;
  return silent === 0 ? count : `${count}, ${String(silent)} silent until the lease ended`;
}

function Figure({ name, value }: { readonly name: string; readonly value: number }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{toMilliseconds(value)}</dd>
    </div>
  );
}

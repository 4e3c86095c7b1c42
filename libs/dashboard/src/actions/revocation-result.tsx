// The answer that Portcullis exists for: on how many nodes it holds, and after how long on each.
import type { ReactElement } from 'react';
import type { Revocation } from '../api/api.js';
import { toMilliseconds } from '../time/words.js';
import './revocation-result.css';

type Node = Revocation['nodes'][number];

export function RevocationResult({
  revocation,
}: {
  readonly revocation: Revocation;
}): ReactElement {
  const { nodes, durationMs } = revocation;
  const silent = nodes.filter(({ leaseEnded }) => leaseEnded === true).length;
  const longest = Math.max(durationMs, 1);
  return (
    <section className="revoked" aria-label="Where it is in force">
      <p className="revoked-headline" role="status">
        In force on{' '}
        <strong className="number">
          {nodes.length} of {nodes.length} {nodes.length === 1 ? 'node' : 'nodes'}
        </strong>{' '}
        after <strong className="number">{toMilliseconds(durationMs)}</strong>
      </p>
      <p className="soft">{inWords(nodes.length, silent)}</p>
      <table className="revoked-nodes">
        <caption className="unseen">Each node and when it knew</caption>
        <thead className="unseen">
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Share of the longest</th>
            <th scope="col">Knew after</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <NodeRow key={node.id} node={node} longest={longest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function inWords(count: number, silent: number): string {
  if (silent === 0) return 'No node accepts an earlier token any more.';
  const who = silent === 1 ? 'One node' : `${String(silent)} nodes`;
  const rest = count === silent ? '' : ' The others refuse earlier tokens by name.';
  return `${who} did not answer until the lease ended: such a node refuses everything until it has caught up.${rest}`;
}

function NodeRow({
  node,
  longest,
}: {
  readonly node: Node;
  readonly longest: number;
}): ReactElement {
  const { id, kind, acknowledgedAfterMs: after } = node;
  const share = Math.min(100, Math.max(2, ((after ?? longest) / longest) * 100));
  return (
    <tr>
      <th scope="row">
        {kind === 'service' ? 'Service' : 'Server'} <code title={id}>{id.slice(0, 8)}</code>
      </th>
      <td>
        <svg
          className="revoked-bar"
          viewBox="0 0 100 8"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect className="revoked-track" width="100" height="8" />
          <rect
            className={after === undefined ? 'revoked-late' : 'revoked-mark'}
            width={share}
            height="8"
          />
        </svg>
      </td>
      <td className="number revoked-time">
        {after === undefined ? 'silent: lease ended' : toMilliseconds(after)}
      </td>
    </tr>
  );
}

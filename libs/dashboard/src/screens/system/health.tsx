// What this node needs, and whether it is there.
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { toProblemError } from '../../api/problem-error.js';
import { Pill } from '../../parts/pill.js';
import { Failure, Loading } from '../../parts/states.js';

interface Part {
  readonly status: string;
  readonly engine?: string;
}

/** Not guarded, so asked without the session. */
async function readHealth(signal: AbortSignal): Promise<Readonly<Record<string, Part>>> {
  const response = await fetch('/health/ready', { signal });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblemError(body, response);
  return (body as { details: Readonly<Record<string, Part>> }).details;
}

export function Health(): ReactElement {
  const { data, error, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(signal),
  });
  return (
    <section className="panel stack" aria-labelledby="health">
      <h2 id="health">Health</h2>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={2} />}
      {!error && data && (
        <ul className="health">
          {Object.entries(data).map(([name, { status, engine }]) => (
            <li key={name}>
              <span>
                {name === 'keys' ? 'Signing keys' : 'Database'}
                {engine !== undefined && <span className="soft"> ({engine})</span>}
              </span>
              {status === 'up' ? <Pill kind="good" text="Up" /> : <Pill kind="bad" text="Down" />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The charts of docs/performance.md. */
import { variants } from '../catalogue.js';
import type { HttpPart, Results } from '../results.js';
import { of, ratio } from './figures.js';
import { figureOf, quantile, type Figure } from './stats.js';
import { barChart, type Bar } from './svg.js';

export type Charts = Readonly<Record<string, { readonly svg: string; readonly alt: string }>>;

export function chartsOf({ http, unloaded, revocation }: Results): Charts {
  return {
    ...(http && { throughput: throughputChart(http), cpu: cpuChart(http) }),
    ...(unloaded && { unloaded: unloadedChart(unloaded) }),
    ...(revocation && { revocation: revocationChart(revocation) }),
  };
}

function throughputChart(part: HttpPart): Charts[string] {
  const title = 'Throughput in relation to the unguarded route';
  const subtitle = 'One core, 50 connections. Bar: median of the rounds; line: least to most.';
  const bars = barsOf((name) => ratio(part, name));
  return { svg: barChart({ title, subtitle, scale: 'linear', bars }), alt: title };
}

function cpuChart(part: HttpPart): Charts[string] {
  const title = 'Processor time of the server, µs a request';
  const subtitle = 'Less is better; logarithmic. Bar: median of the rounds; line: least to most.';
  const bars = barsOf((name) => of(part, name, (round) => round.cpuPerRequest));
  return { svg: barChart({ title, subtitle, scale: 'log', bars }), alt: title };
}

function unloadedChart(part: HttpPart): Charts[string] {
  const title = 'What one caller alone waits, ms';
  const subtitle = 'Less is better; logarithmic. Bar: p50; line: from there to p99.';
  const bars = barsOf((name) => {
    const [p50, p99] = [of(part, name, (one) => one.p50), of(part, name, (one) => one.p99)];
    return p50 && p99 && { median: p50.median, min: p50.median, max: p99.median };
  });
  return { svg: barChart({ title, subtitle, scale: 'log', bars }), alt: title };
}

function revocationChart({ rows }: NonNullable<Results['revocation']>): Charts[string] {
  const title = 'A revoke, from the call to its answer, ms';
  const subtitle = 'Less is better; logarithmic. Bar: p50; line: from there to p99.';
  const bars = rows.map(({ nodes, isLoaded, answeredAfter }) => {
    const sorted = [...answeredAfter].sort((a, b) => a - b);
    const [p50, p99] = [quantile(sorted, 0.5), quantile(sorted, 0.99)];
    const label = `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, ${isLoaded ? 'busy' : 'idle'}`;
    return { label, value: p50, from: p50, to: p99, isOurs: true };
  });
  return { svg: barChart({ title, subtitle, scale: 'log', bars }), alt: title };
}

function barsOf(figure: (name: string) => Figure | null): Bar[] {
  return variants.flatMap(({ name, title }) => {
    const found = figure(name);
    if (found === null || figureOf([found.median]) === null) return [];
    const label = title.replaceAll(/[*`]/g, '');
    const { median: value, min: from, max: to } = found;
    return [{ label, value, from, to, isOurs: title.includes('**') }];
  });
}

// Bars in an SVG of our own, with the numbers behind them as a table for whoever cannot see or trust them.
import type { ReactElement } from 'react';
import './bars.css';

export interface Bar {
  readonly key: string;
  /** What it stands for, in words: a row of the table. */
  readonly label: string;
  readonly value: number;
  readonly isMarked?: boolean;
}

export interface BarsProps {
  readonly title: string;
  /** What one sees, in a sentence. */
  readonly summary: string;
  readonly bars: readonly Bar[];
  readonly toText: (value: number) => string;
  readonly columns: readonly [string, string];
}

const width = 600;
const height = 96;
const gap = 2;

export function Bars({ title, summary, bars, toText, columns }: BarsProps): ReactElement {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = width / Math.max(bars.length, 12);
  return (
    <figure className="bars">
      <div className="bars-plot">
        <span className="bars-most number">{toText(most)}</span>
        <svg
          role="img"
          aria-label={`${title}: ${summary}`}
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          preserveAspectRatio="none"
        >
          <line className="bars-line" x1="0" x2={width} y1="0.5" y2="0.5" />
          <line className="bars-line" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
          {bars.map(({ key, value, label, isMarked }, index) => {
            const size = value === 0 ? 0 : Math.max(2, (value / most) * (height - 4));
            return (
              <rect
                key={key}
                className={isMarked === true ? 'bars-marked' : 'bars-bar'}
                x={index * step}
                y={height - size}
                width={step - gap}
                height={size}
              >
                <title>{`${label}: ${toText(value)}`}</title>
              </rect>
            );
          })}
        </svg>
      </div>
      <details>
        <summary>The numbers as a table</summary>
        <div className="bars-table" role="region" aria-label={`${title}, as a table`} tabIndex={0}>
          <table>
            <caption className="unseen">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{columns[0]}</th>
                <th scope="col">{columns[1]}</th>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ key, label, value }) => (
                <tr key={key}>
                  <th scope="row">{label}</th>
                  <td className="number">{toText(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

// Which rows one sees, of how many, and the way to the others.
import { Button, NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { pageSizes } from './page-size.js';
import './pager.css';
import type { ListState } from './use-list-state.js';

export interface PagerProps {
  readonly list: ListState;
  /** "users" */
  readonly things: string;
  readonly count: number;
  readonly total: number;
  readonly nextCursor: string | null;
}

const number = new Intl.NumberFormat('en');

export function Pager({ list, things, count, total, nextCursor }: PagerProps): ReactElement {
  const { page, size, previous, first, next, setSize } = list;
  const from = (page - 1) * size + 1;
  return (
    <div className="pager">
      <p role="status" className="number">
        {count === 0 ? (
          `No ${things}`
        ) : (
          <>
            <bdi>
              {number.format(from)}–{number.format(from + count - 1)}
            </bdi>{' '}
            of {number.format(Math.max(total, from + count - 1))} {things}
          </>
        )}
      </p>
      <nav aria-label={`Pages of ${things}`} className="row">
        {page > 1 && (
          <Button variant="default" size="xs" onClick={first}>
            First
          </Button>
        )}
        {previous && (
          <Button variant="default" size="xs" onClick={previous}>
            Previous
          </Button>
        )}
        {nextCursor !== null && (
          <Button variant="default" size="xs" onClick={() => next(nextCursor)}>
            Next
          </Button>
        )}
        <NativeSelect
          size="xs"
          aria-label="Rows on a page"
          value={String(size)}
          data={pageSizes.map((one) => ({ value: String(one), label: `${String(one)} rows` }))}
          onChange={({ currentTarget }) => setSize(Number(currentTarget.value))}
        />
      </nav>
    </div>
  );
}

// A real table in a box that scrolls by itself, with a name, an order and rows that can be marked.
import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import './data-table.css';
import { useHeldRows } from './use-held-rows.js';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** The name that the server sorts by. */
  readonly sort?: string;
  /** Names the row for a reader; one column of a table. */
  readonly isRowHead?: boolean;
  readonly isHeadUnseen?: boolean;
  readonly align?: 'end';
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: ReadonlySet<string>) => void;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** What a row is called where a control of it needs a name. */
  readonly nameOf: (row: Row) => string;
  readonly sort?: { readonly value: string; readonly set: (value: string) => void };
  readonly selection?: Selection;
  /** Former rows, while the new ones are on their way. */
  readonly isStale?: boolean;
}

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { label, columns, idOf, nameOf, sort, selection, isStale = false } = props;
  const [isHeld, setIsHeld] = useState(false);
  const [location] = useLocation();
  // All that a list can be asked for is in the address.
  const question = `${location}?${useSearch()}`;
  const rows = useHeldRows({ rows: props.rows, question, isStale }, idOf, isHeld);
  return (
    <div className="table-box" role="region" aria-label={label} tabIndex={0}>
      <table className="table" aria-busy={isStale}>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {selection && <SelectAll rows={rows} idOf={idOf} selection={selection} />}
            {columns.map((column) => (
              <Head key={column.head} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody
          // Not "enter": a table that appears under a resting pointer is not entered.
          onPointerMove={() => setIsHeld(true)}
          onPointerLeave={() => setIsHeld(false)}
        >
          {rows.map((row) => (
            <tr
              key={idOf(row)}
              aria-selected={selection ? selection.ids.has(idOf(row)) : undefined}
            >
              {selection && (
                <td className="table-mark">
                  <Checkbox
                    aria-label={`Select ${nameOf(row)}`}
                    checked={selection.ids.has(idOf(row))}
                    onChange={() => selection.set(toggled(selection.ids, idOf(row)))}
                  />
                </td>
              )}
              {columns.map((column) => (
                <Cell key={column.head} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }): ReactElement {
  const className = column.align === 'end' ? 'table-end' : undefined;
  return column.isRowHead === true ? (
    <th scope="row" className={className}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={className}>{column.cell(row)}</td>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sort: DataTableProps<Row>['sort'];
}

/** The server sorts; a name with a minus before it is the other way round. */
function Head<Row>({ column, sort }: HeadProps<Row>): ReactElement {
  const { head, sort: name, isHeadUnseen, align } = column;
  const className = align === 'end' ? 'table-end' : undefined;
  if (sort === undefined || name === undefined) {
    return (
      <th scope="col" className={className}>
        {isHeadUnseen === true ? <span className="unseen">{head}</span> : head}
      </th>
    );
  }
  const order =
    sort.value === name ? 'ascending' : sort.value === `-${name}` ? 'descending' : undefined;
  return (
    <th scope="col" aria-sort={order ?? 'none'} className={className}>
      <button
        type="button"
        className="table-sort"
        onClick={() => sort.set(order === 'ascending' ? `-${name}` : name)}
      >
        {head}
        {order === 'ascending' && <IconArrowUp size={14} aria-hidden />}
        {order === 'descending' && <IconArrowDown size={14} aria-hidden />}
      </button>
    </th>
  );
}

interface SelectAllProps<Row> {
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly selection: Selection;
}

function SelectAll<Row>({ rows, idOf, selection }: SelectAllProps<Row>): ReactElement {
  const ids = rows.map(idOf);
  const marked = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <th scope="col" className="table-mark">
      <Checkbox
        aria-label="Select all on this page"
        checked={marked > 0 && marked === ids.length}
        indeterminate={marked > 0 && marked < ids.length}
        onChange={() => selection.set(new Set(marked === ids.length ? [] : ids))}
      />
    </th>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

// Lines of the audit log, each to be opened for what exactly changed.
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState, type ReactElement } from 'react';
import type { AuditEntry } from '../../api/api.js';
import { Pill } from '../../parts/pill.js';
import { Moment } from '../../time/moment.js';
import { AuditDetail } from './audit-detail.js';
import './audit.css';
import { Actor, Target } from './parties.js';

export interface AuditTableProps {
  readonly label: string;
  readonly entries: readonly AuditEntry[];
  readonly isStale?: boolean;
}

const heads = ['Details', 'When', 'Action', 'By', 'To', 'Result', 'Reason'] as const;

export function AuditTable({ label, entries, isStale = false }: AuditTableProps): ReactElement {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <div className="table-box" role="region" aria-label={label} tabIndex={0}>
      <table className="table" aria-busy={isStale}>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head === 'Details' ? <span className="unseen">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Fragment key={entry.id}>
              <AuditRow
                entry={entry}
                isOpen={open.has(entry.id)}
                onToggle={() => toggle(entry.id)}
              />
              {open.has(entry.id) && (
                <tr>
                  <td colSpan={heads.length} className="audit-detail">
                    <AuditDetail entry={entry} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AuditRowProps {
  readonly entry: AuditEntry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function AuditRow({ entry, isOpen, onToggle }: AuditRowProps): ReactElement {
  const { at, action, actor, target, result, reason } = entry;
  return (
    <tr>
      <td className="table-mark">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-expanded={isOpen}
          aria-label={`Details of ${action} at ${at}`}
          onClick={onToggle}
        >
          {isOpen ? (
            <IconChevronDown size={16} aria-hidden />
          ) : (
            <IconChevronRight size={16} aria-hidden />
          )}
        </ActionIcon>
      </td>
      <td>
        <Moment at={at} inRow />
      </td>
      <th scope="row">
        <code>{action}</code>
      </th>
      <td>
        <Actor actor={actor} />
      </td>
      <td>
        <Target target={target} />
      </td>
      <td>
        {result === 'success' ? (
          <Pill kind="good" text="Done" />
        ) : (
          <Pill kind="bad" text="Refused" />
        )}
      </td>
      <td className="audit-reason">{reason ?? '–'}</td>
    </tr>
  );
}

// The filter as a file: exactly these rows, all pages of them, up to the server's limit, which is said.
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import { toProblemError } from '../api/problem-error.js';
import { session } from '../session/session.js';
import './csv-button.css';

export interface CsvButtonProps {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly name: string;
}

const number = new Intl.NumberFormat('en');

export function CsvButton({ path, query, name }: CsvButtonProps): ReactElement {
  const [state, setState] = useState<{ isBusy: boolean; said: string }>({
    isBusy: false,
    said: '',
  });
  const download = async (): Promise<void> => {
    setState({ isBusy: true, said: '' });
    try {
      setState({ isBusy: false, said: await save(path, query, name) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      setState({ isBusy: false, said: `No file was made. ${detail}` });
    }
  };
  return (
    <div className="csv">
      <Button
        variant="default"
        loading={state.isBusy}
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void download()}
      >
        Export CSV
      </Button>
      <p role="status" className="csv-said">
        {state.said}
      </p>
    </div>
  );
}

const ofThePage = ['limit', 'cursor', 'sort'];

async function save(path: string, query: CsvButtonProps['query'], name: string): Promise<string> {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && !ofThePage.includes(key)) params.set(key, String(value));
  }
  const headers = { accept: 'text/csv' };
  const response = await session.fetch(`${path}?${params.toString()}`, {
    headers,
    activity: 'user',
  });
  if (!response.ok) throw toProblemError(await response.json().catch(() => null), response);
  const total = Number(response.headers.get('x-total-count') ?? 0);
  const limit = Number(response.headers.get('x-row-limit') ?? 0);
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: `${name}.csv`,
  });
  link.click();
  URL.revokeObjectURL(address);
  return limit > 0
    ? `Only the first ${number.format(limit)} of ${number.format(total)} rows: narrow the filter for the rest.`
    : `${number.format(total)} rows saved.`;
}

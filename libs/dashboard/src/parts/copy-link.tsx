// The address of what is shown, filter and all.
import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';

export function CopyLink(): ReactElement {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setSaid('Copied');
    } catch {
      setSaid('Copy it from the address bar');
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconLink size={16} aria-hidden />}
      onClick={() => void copy()}
      onBlur={() => setSaid('')}
    >
      <span role="status">{said === '' ? 'Copy link' : said}</span>
    </Button>
  );
}

// The keys that do something everywhere. None of them changes anything on the server.
import { useEffect, useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { Dialog } from '../parts/dialog.js';
import { searchBoxId } from '../list/search-box.js';
import './keys-dialog.css';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Search (users, if this screen has no search)'],
  ['?', 'These keys'],
  ['Tab', 'Forward; in a table row, times are shown exactly'],
  ['Esc', 'Close a dialog or menu'],
];

const opening = new EventTarget();

export const showKeys = (): void => void opening.dispatchEvent(new Event('open'));

export function KeysDialog(): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const [, navigate] = useLocation();

  useEffect(() => {
    const open = (): void => setIsOpen(true);
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (document.querySelector('session-timeout-dialog')?.open === true) return;
      if (event.key === '?') open();
      else if (event.key === '/') {
        event.preventDefault();
        const box = document.getElementById(searchBoxId);
        if (box) box.focus();
        else navigate('/users?focus=search');
      }
    };
    opening.addEventListener('open', open);
    document.addEventListener('keydown', onKey);
    return () => {
      opening.removeEventListener('open', open);
      document.removeEventListener('keydown', onKey);
    };
  }, [navigate]);

  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={() => setIsOpen(false)}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

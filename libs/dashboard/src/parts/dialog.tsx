// Every dialog: named by its heading, closed by Escape, focus kept inside and given back.
import { Modal } from '@mantine/core';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { findOpener, giveFocusBack } from './opener.js';
import './dialog.css';

export interface DialogProps {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Something is under way, of which the result must be seen. */
  readonly mayClose?: boolean;
  readonly size?: string;
  readonly children: ReactNode;
}

export function Dialog(props: DialogProps): ReactElement {
  const { title, isOpen, onClose, mayClose = true, size = '34rem', children } = props;
  useEffect(() => {
    if (!isOpen) return undefined;
    const opener = findOpener();
    return () => giveFocusBack(opener);
  }, [isOpen]);
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      closeOnEscape={mayClose}
      closeOnClickOutside={false}
      size={size}
      centered
      lockScroll={false}
      returnFocus={false}
      // Away at once: what opened it takes the focus and goes on.
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* A header element here would be a second banner of the page. */}
        <Modal.Header role="presentation" className="dialog-head">
          <Modal.Title className="dialog-title">{title}</Modal.Title>
          {mayClose && <Modal.CloseButton aria-label="Close" />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

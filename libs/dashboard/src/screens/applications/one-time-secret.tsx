// A secret that the server has already forgotten: in no address, no storage, and gone with the dialog.
import type { ReactElement } from 'react';
import { Copyable } from '../../parts/copyable.js';
import './applications.css';

export function OneTimeSecret({ secret }: { readonly secret: string }): ReactElement {
  return (
    <div className="secret">
      <p>
        <strong>The secret is shown this once.</strong> Put it where the application reads it before
        you close this.
      </p>
      <Copyable value={secret} what="secret" />
    </div>
  );
}

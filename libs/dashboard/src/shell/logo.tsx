// The gate that lets nobody through.
import type { ReactElement } from 'react';

export function Logo(): ReactElement {
  return (
    <svg className="logo" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#12253b" stroke="#3d5d82" strokeWidth="1" />
      <path
        d="M7 24V14a9 9 0 0 1 18 0v10M12 25V8.2M16 25V6M20 25V8.2M7.5 13h17M7 19h18"
        fill="none"
        stroke="#8fc3ff"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}

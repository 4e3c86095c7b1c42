// The heading of a screen. It takes the focus when one comes here from another screen, so that a
// reader hears where he is; not at the first one, where the browser's own order is right.
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import './page-title.css';

let isFirst = true;

export interface PageTitleProps {
  readonly title: string;
  /** What the heading shows where it is more than text. */
  readonly children?: ReactNode;
  /** Beside the heading. */
  readonly aside?: ReactNode;
}

export function PageTitle({ title, children, aside }: PageTitleProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <div className="page-title">
      <title>{`${title} · Portcullis`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {children ?? title}
      </h1>
      {aside !== undefined && <div className="row">{aside}</div>}
    </div>
  );
}

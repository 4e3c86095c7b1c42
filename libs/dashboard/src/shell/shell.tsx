// What stands around every screen: the way past it, where one can go, who one is.
import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useKeepFresh } from '../live/keep-fresh.js';
import { LiveButton } from '../live/live-button.js';
import { ColourSchemeMenu } from '../theme/colour-scheme-menu.js';
import { AccountMenu } from './account-menu.js';
import { Logo } from './logo.js';
import { isWithin, places } from './places.js';
import './shell.css';

export function Shell({ children }: { readonly children: ReactNode }): ReactElement {
  const [location] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => setIsOpen(false), [location]);
  useKeepFresh();
  return (
    <div className="shell">
      <a className="shell-skip" href="#main">
        Skip to content
      </a>
      <header className="shell-top">
        <ActionIcon
          className="shell-burger"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="Navigation"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? <IconX size={22} aria-hidden /> : <IconMenu2 size={22} aria-hidden />}
        </ActionIcon>
        <span className="shell-host soft">{window.location.host}</span>
        <span className="shell-space" />
        <LiveButton />
        <ColourSchemeMenu />
        <AccountMenu />
      </header>
      <div className={isOpen ? 'shell-rail shell-rail-open' : 'shell-rail'} id="navigation">
        <nav aria-label="Main">
          <div className="shell-brand">
            <Logo />
            <span>Portcullis</span>
          </div>
          <ul className="shell-nav">
            {places.map((place) => (
              <li key={place.path}>
                <Link
                  href={place.path}
                  className="shell-link"
                  aria-current={isWithin(place, location) ? 'page' : undefined}
                >
                  <place.Icon size={20} stroke={1.75} aria-hidden />
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <main id="main" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

// What is shown: the sign-in form, or the dashboard with the screen that the address names.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { Route, Router, Switch } from 'wouter';
import { ActionProvider } from './actions/action-provider.js';
import { queryClient } from './api/query-client.js';
import { ApplicationsScreen } from './screens/applications/applications.screen.js';
import { AuditScreen } from './screens/audit/audit.screen.js';
import { EventsScreen } from './screens/events/events.screen.js';
import { KeysScreen } from './screens/keys/keys.screen.js';
import { ForbiddenScreen, MissingScreen } from './screens/missing/missing.screen.js';
import { OverviewScreen } from './screens/overview/overview.screen.js';
import { SessionsScreen } from './screens/sessions/sessions.screen.js';
import { SystemScreen } from './screens/system/system.screen.js';
import { UserScreen } from './screens/user/user.screen.js';
import { UsersScreen } from './screens/users/users.screen.js';
import { useStanding } from './session/session.js';
import { SignIn } from './session/sign-in.js';
import { TimeoutDialog } from './session/timeout-dialog.js';
import { KeysDialog } from './shell/keys-dialog.js';
import { Shell } from './shell/shell.js';
import { colourSchemeManager } from './theme/colour-scheme-menu.js';
import { resolveVariables, theme } from './theme/theme.js';

/** Of this answer of the server: Mantine's own style elements are allowed by it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function App(): ReactElement {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colourSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Router base="/admin">
          <Gate />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Gate(): ReactElement | null {
  const standing = useStanding();
  const isSignedOut = standing.kind === 'signed-out';
  // What one operator saw is not there for the next.
  useEffect(() => {
    if (isSignedOut) queryClient.clear();
  }, [isSignedOut]);
  if (standing.kind === 'starting') return null;
  if (standing.kind === 'signed-out') return <SignIn reason={standing.reason} />;
  if (!standing.info.roles.includes('admin')) return <ForbiddenScreen />;
  return (
    <ActionProvider key={standing.info.id}>
      {/* First: while it is open, Escape is its key, and no other dialog's. */}
      <TimeoutDialog />
      <Shell>
        <Screens />
      </Shell>
      <KeysDialog />
    </ActionProvider>
  );
}

function Screens(): ReactElement {
  return (
    <Switch>
      <Route path="/" component={OverviewScreen} />
      <Route path="/sessions" component={SessionsScreen} />
      <Route path="/users" component={UsersScreen} />
      <Route path="/users/:id">{({ id }) => <UserScreen key={id} id={id} />}</Route>
      <Route path="/applications" component={ApplicationsScreen} />
      <Route path="/keys" component={KeysScreen} />
      <Route path="/audit" component={AuditScreen} />
      <Route path="/events" component={EventsScreen} />
      <Route path="/system" component={SystemScreen} />
      <Route component={MissingScreen} />
    </Switch>
  );
}

// What happens to the page: shown, hidden, focused, online, into the Back button's cache and out of it.
import { isHidden } from './page.js';
import { disconnect, type Context } from './session/context.js';
import type { Tabs } from './session/tabs.js';

const happenings = ['pageshow', 'pagehide', 'focus', 'online', 'visibilitychange'];

export function watchPage(
  context: Context,
  tabs: Tabs,
  until: AbortSignal,
  wake: () => unknown,
): void {
  const { page } = context;
  /** What happened while the page was in the cache is not known here. */
  const comeBack = async (): Promise<void> => {
    tabs.open();
    await tabs.greet();
    if (context.held) await context.ask();
  };
  const on = (event: Event): void => {
    if (event.type === 'pagehide') {
      disconnect(context);
      return;
    }
    if (event.type === 'visibilitychange') context.push?.turn();
    if ((event as PageTransitionEvent).persisted) void comeBack();
    else if (!isHidden(page)) wake();
  };
  for (const type of happenings) page.addEventListener(type, on, { signal: until });
}

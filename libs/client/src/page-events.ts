// What happens to the page: shown, hidden, focused, online, into the Back button's cache and out of it.
import { isHidden } from './page.js';
import type { Context } from './session/context.js';
import type { Tabs } from './session/tabs.js';

const ofWindow = ['pageshow', 'pagehide', 'focus', 'online'];

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
      // Neither channel, lock nor stream may keep the page out of the cache.
      context.push?.stop();
      context.channel?.close();
      context.channel = null;
      return;
    }
    if (event.type === 'visibilitychange') context.push?.turn();
    if ((event as PageTransitionEvent).persisted) void comeBack();
    else if (!isHidden(page)) wake();
  };
  for (const type of ofWindow) page.addEventListener(type, on, { signal: until });
  page.document.addEventListener('visibilitychange', on, { signal: until });
}

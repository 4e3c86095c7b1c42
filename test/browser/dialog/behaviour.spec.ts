// What the buttons, the keys, other tabs and the server do to the open dialog. Rows T-10 … T-17.
import { expect, it } from '@jest/globals';
import { describeWithChromium } from '../../support/services/describe-with.js';
import {
  accessibilityTree,
  activeId,
  expectClosed,
  expectOpen,
  useDialogPage,
  warn,
  type OpenPage,
} from './support/dialog-page.js';

describeWithChromium('the open dialog', () => {
  const open = useDialogPage();

  async function warned(idleMs = 100_000): Promise<OpenPage> {
    const shown = await open();
    await shown.page.locator('#search').focus();
    await warn(shown.page, idleMs);
    await expectOpen(shown);
    return shown;
  }

  const calls = ({ page }: OpenPage): Promise<string[]> => page.evaluate(() => window.t.fake.calls);

  it('T-10 is busy while it asks, keeps the focus, and closes only on a newer token', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'pending'));
    await shown.stay.click();
    await shown.page.clock.runFor(3000);
    await expectOpen(shown);
    expect(await shown.stay.getAttribute('aria-disabled')).toBe('true');
    expect(await shown.stay.isDisabled()).toBe(true);
    expect(await shown.stay.getAttribute('disabled')).toBeNull();
    expect(await activeId(shown.page)).toBe('stay');
    expect(await shown.status.innerText()).toBe('Keeping you signed in…');
    // A second press while it asks is not a second request.
    await shown.page.keyboard.press('Enter');
    expect(await calls(shown)).toEqual(['extend']);
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
  });

  it('T-11 says in words that it did not work, stays open, and offers it again', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
    await shown.stay.click();
    await shown.page.clock.runFor(1000);
    expect(await shown.status.innerText()).toBe('That did not work. Please try again.');
    expect(await shown.stay.getAttribute('aria-disabled')).toBe('false');
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'ok'));
    await shown.stay.click();
    await shown.page.clock.runFor(1000);
    await expectClosed(shown);
  });

  it('T-11 says so once: the countdown beside it does not have it spoken again', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
    await shown.stay.click();
    await shown.page.clock.runFor(1000);
    const changes = await shown.status.evaluateHandle((status) => {
      const seen: unknown[] = [];
      new MutationObserver((records) => seen.push(...records)).observe(status, { childList: true });
      return seen;
    });
    await shown.page.clock.runFor(10_000);
    expect(await shown.message.innerText()).toContain('1 minute, 2');
    expect(await changes.evaluate(({ length }) => length)).toBe(0);
  });

  it('T-11 says that it is offline, and counts on', async () => {
    const shown = await warned();
    await shown.page.context().setOffline(true);
    await shown.page.clock.runFor(10_000);
    expect(await shown.status.innerText()).toContain('You are offline');
    expect(await shown.message.innerText()).toContain('1 minute, 30 seconds');
    await shown.page.context().setOffline(false);
    await shown.page.clock.runFor(1000);
    expect(await shown.status.innerText()).toBe('');
  });

  it('T-11 covers the page when the time is up and nobody can be asked, until there is an answer', async () => {
    const shown = await warned(5000);
    await shown.page.evaluate(() => window.t.fake.become('unknown'));
    expect(await shown.message.innerText()).toContain('You are offline');
    expect(await backdropOf(shown)).toMatch(/^rgb\(/);
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
  });

  /** The time is up, and nobody can be asked. */
  const becomeUnknown = async ({ page }: OpenPage, ms: number): Promise<void> => {
    await page.clock.runFor(ms);
    await page.evaluate(() => window.t.fake.become('unknown'));
  };

  it.each(['pending', 'fails'] as const)(
    'T-11 goes on covering the page while “Stay signed in” is asked for in vain: %s',
    async (outcome) => {
      const shown = await warned(5000);
      await becomeUnknown(shown, 5000);
      await shown.page.evaluate((how) => (window.t.fake.onExtend = how), outcome);
      const changes = await shown.dialog.evaluateHandle((dialog) => {
        const seen: string[] = [];
        const look = (records: MutationRecord[]): void => {
          for (const { attributeName, oldValue } of records)
            seen.push(`${attributeName}=${oldValue}`);
        };
        const attributeFilter = ['class', 'open'];
        new MutationObserver(look).observe(dialog, { attributeFilter, attributeOldValue: true });
        return seen;
      });
      await shown.stay.click();
      if (outcome === 'pending') {
        await shown.page.clock.runFor(3000);
        // T-10, here too.
        expect(await shown.stay.getAttribute('aria-disabled')).toBe('true');
        expect(await shown.status.innerText()).toBe('Keeping you signed in…');
        await shown.page.keyboard.press('Enter');
      } else {
        await shown.page.clock.runFor(1000);
        expect(await shown.stay.getAttribute('aria-disabled')).toBe('false');
      }
      expect(await calls(shown)).toEqual(['extend']);
      expect(await backdropOf(shown)).toMatch(/^rgb\(/);
      expect(await shown.message.innerText()).toContain('You are offline');
      // All the while: it was never anything else.
      expect(await changes.evaluate((seen) => [...new Set(seen)])).toEqual(['class=cover']);
      const types = await eventTypes(shown);
      expect(types).toEqual(['session-warning', 'session-extend']);
      await shown.page.evaluate(() => window.t.fake.slide());
      await expectClosed(shown);
    },
  );

  it.each(['pending', 'fails'] as const)(
    'T-11 covers it also where an end that nobody can put off was dismissed before: %s',
    async (outcome) => {
      const shown = await open();
      await warn(shown.page, 600_000, 50_000);
      await expectOpen(shown);
      await shown.stay.click();
      await expectClosed(shown);
      await becomeUnknown(shown, 50_000);
      await expectOpen(shown);
      await shown.page.evaluate((how) => {
        window.t.fake.onExtend = how;
        window.t.watchSpeech();
      }, outcome);
      await shown.stay.click();
      await shown.page.clock.runFor(1000);
      await expectOpen(shown);
      expect(await backdropOf(shown)).toMatch(/^rgb\(/);
      expect(await shown.page.evaluate(() => window.t.spoken)).toEqual([]);
      const types = await eventTypes(shown);
      expect(types).toEqual(['session-warning', 'session-warning', 'session-extend']);
    },
  );

  it('T-12 goes to the signed-out state when that is the answer, with no second dialog', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'ended'));
    await shown.stay.click();
    await shown.page.clock.runFor(1000);
    expect(await shown.dialog.locator('h2').innerText()).toBe('You are signed out');
    expect(await shown.page.locator('dialog').count()).toBe(1);
    expect(await shown.dialog.innerText()).not.toContain('Stay signed in');
    expect(await shown.out.isVisible()).toBe(false);
  });

  it('T-13 takes Escape as “Stay signed in”, from the first press on', async () => {
    // The bug this is about hides once a page was clicked in, so nothing is clicked here.
    const shown = await open();
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
    for (let press = 0; press < 4; press++) {
      await shown.page.keyboard.press('Escape');
      await shown.page.clock.runFor(100);
    }
    await expectOpen(shown);
    expect(await calls(shown)).toEqual(['extend', 'extend', 'extend', 'extend']);
  });

  it('T-13 takes Escape also when a click beside the dialog has taken the focus away', async () => {
    const shown = await warned();
    await shown.page.mouse.click(5, 5);
    await expectOpen(shown);
    expect(await calls(shown)).toEqual([]);
    await shown.page.keyboard.press('Escape');
    await shown.page.clock.runFor(100);
    expect(await calls(shown)).toEqual(['extend']);
    await expectClosed(shown);
  });

  it('T-13 keeps Escape from the page beneath while it is open, and only then', async () => {
    const shown = await open();
    const heard = await shown.page.evaluateHandle(() => {
      const keys: string[] = [];
      window.addEventListener('keydown', ({ key }) => keys.push(key), { capture: true });
      return keys;
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    await shown.page.keyboard.press('a');
    await shown.page.keyboard.press('Escape');
    await shown.page.clock.runFor(100);
    await expectClosed(shown);
    expect(await heard.jsonValue()).toEqual(['a']);
    await shown.page.keyboard.press('Escape');
    expect(await heard.jsonValue()).toEqual(['a', 'Escape']);
    expect(await calls(shown)).toEqual(['extend']);
  });

  it('T-13 keeps the whole of that press from the page, however fast the answer and long the press', async () => {
    const shown = await open();
    const heard = await shown.page.evaluateHandle(() => {
      const keys: string[] = [];
      for (const type of ['keydown', 'keyup']) {
        window.addEventListener(type, () => keys.push(type), { capture: true });
      }
      return keys;
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    await shown.page.keyboard.down('Escape');
    await shown.page.clock.runFor(100);
    await expectClosed(shown);
    await shown.page.keyboard.down('Escape');
    await shown.page.keyboard.up('Escape');
    expect(await heard.jsonValue()).toEqual([]);
    await shown.page.keyboard.press('Escape');
    expect(await heard.jsonValue()).toEqual(['keydown', 'keyup']);
    expect(await calls(shown)).toEqual(['extend']);
  });

  it('T-13 asks once for a key that is held, however often that fails', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
    for (let repeat = 0; repeat < 5; repeat++) {
      await shown.page.keyboard.down('Escape');
      await shown.page.clock.runFor(100);
    }
    await shown.page.keyboard.up('Escape');
    await expectOpen(shown);
    expect(await calls(shown)).toEqual(['extend']);
    await shown.page.keyboard.press('Escape');
    expect(await calls(shown)).toEqual(['extend', 'extend']);
  });

  it.each([
    ['asks before', 'cancel'],
    ['does not ask', 'close'],
  ])('T-13 takes a Back gesture that %s as “Stay signed in”', async (_how, type) => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
    await shown.dialog.evaluate((dialog: HTMLDialogElement, name) => {
      if (name === 'close') dialog.close();
      else if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
    }, type);
    await shown.page.clock.runFor(100);
    await expectOpen(shown);
    expect(await calls(shown)).toEqual(['extend']);
    expect(await shown.dialog.evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
  });

  it('T-13 has the focus on its button when a Back gesture was for nothing', async () => {
    const shown = await open();
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    await shown.dialog.evaluate((dialog: HTMLDialogElement) => dialog.close());
    await expectOpen(shown);
    await shown.page.waitForFunction(() => window.t.element.open);
    expect(await activeId(shown.page)).toBe('sign-in');
  });

  it('T-14 signs out at once, also offline', async () => {
    const shown = await warned();
    await shown.page.context().setOffline(true);
    await shown.out.click();
    expect(await calls(shown)).toEqual(['signOut']);
    expect(await shown.message.innerText()).toBe('You have signed out.');
  });

  it('T-15 does not extend by input elsewhere, and closes when another tab extends', async () => {
    const shown = await warned();
    await shown.page.mouse.click(5, 5);
    await shown.page.mouse.wheel(0, 100);
    await shown.page.keyboard.press('a');
    expect(await calls(shown)).toEqual([]);
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('search input');
  });

  it.each([
    ['revoked', 'You were signed out from another place or by an administrator.'],
    ['suspended', 'This account cannot be used at the moment.'],
  ])('T-16 shows at once why, when the server says that it is over: %s', async (reason, text) => {
    const shown = await warned();
    await shown.page.evaluate((why) => window.t.fake.end(why, 'push'), reason);
    expect(await shown.message.innerText()).toBe(text);
    expect(await activeId(shown.page)).toBe('sign-in');
    expect(await shown.page.locator('dialog').count()).toBe(1);
  });

  it('T-17 hides the page at the end, in the same moment, also when no dialog was open', async () => {
    const shown = await open();
    const covered = await shown.page.evaluate(() => {
      window.t.fake.end('idle');
      // Before anything is painted: the backdrop lets nothing through.
      const dialog = window.t.element.shadowRoot?.querySelector('dialog');
      return dialog && getComputedStyle(dialog, '::backdrop').backgroundColor;
    });
    expect(covered).toMatch(/^rgb\(/);
    expect(JSON.stringify(await accessibilityTree(shown.page))).not.toContain('private');
  });

  it('T-17 can be prevented, and leaves time for drafts', async () => {
    const shown = await warned();
    const waited = await shown.page.evaluate(() => {
      window.t.watchSpeech();
      document.addEventListener('session-ended', (event) => {
        const { detail } = event as CustomEvent<{ waitUntil(promise: Promise<unknown>): void }>;
        detail.waitUntil(Promise.resolve());
      });
      window.t.prevented.add('ended');
      window.t.fake.end('idle');
      return window.t.fake.waited;
    });
    expect(waited).toBe(1);
    await expectClosed(shown);
    await shown.page.clock.runFor(1000);
    expect(await shown.page.evaluate(() => window.t.spoken)).toEqual([]);
    const ended = await shown.page.evaluate(() => window.t.events.at(-1));
    expect(ended).toMatchObject({
      type: 'session-ended',
      detail: {
        reason: 'idle',
        origin: 'server',
        allowedMs: 600_000,
        message: 'You were signed out because you did not use the page for 10 minutes.',
      },
    });
  });

  it('T-43 says nothing of being signed in when the end comes right after', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => {
      window.t.watchSpeech();
      window.t.prevented.add('ended');
      window.t.fake.slide();
      window.t.fake.end('revoked');
    });
    await shown.page.clock.runFor(1000);
    await expectClosed(shown);
    expect(await shown.page.evaluate(() => window.t.spoken)).toEqual([]);
  });

  it.each(['end', 'unknown'] as const)(
    'T-17 hides a dialog of the page too that was opened over the warning: %s',
    async (how) => {
      const shown = await warned(5000);
      const before = await shown.page.evaluate(() => {
        const own = document.createElement('dialog');
        own.id = 'own';
        own.textContent = 'Your private address';
        document.body.append(own);
        own.showModal();
        return document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.id;
      });
      expect(before).toBe('own');
      if (how === 'unknown') await becomeUnknown(shown, 5000);
      else await shown.page.evaluate(() => window.t.fake.end('revoked', 'push'));
      const top = await shown.page.evaluate(() => {
        const { left, top: y } = document.querySelector('#own')!.getBoundingClientRect();
        return [
          document.elementFromPoint(innerWidth / 2, innerHeight / 2),
          document.elementFromPoint(left + 2, y + 2),
        ].map((element) => element === window.t.element);
      });
      expect(top).toEqual([true, true]);
      expect(await activeId(shown.page)).toBe(how === 'end' ? 'sign-in' : 'stay');
    },
  );

  it('T-17 goes on hiding the page when it is moved, and no longer than nobody is signed in', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      window.t.fake.end('idle');
      window.t.leave('move');
    });
    expect(await shown.message.innerText()).toContain('did not use the page for 10 minutes');
    expect(await backdropOf(shown)).toMatch(/^rgb\(/);
    expect(await activeId(shown.page)).toBe('sign-in');
    expect(await eventTypes(shown)).toEqual(['session-ended']);
    await shown.page.evaluate(() => {
      window.t.fake.slide();
      document.body.append(window.t.element);
    });
    await expectClosed(shown);
    await shown.page.evaluate(() => {
      window.t.prevented.add('ended');
      window.t.fake.end('idle');
      window.t.leave('move');
    });
    await expectClosed(shown);
  });

  it('T-17 lets the page that shows for itself what has happened have the focus where it wants it', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => {
      document.addEventListener('session-ended', (event) => {
        event.preventDefault();
        const heading = document.createElement('h1');
        heading.id = 'signed-out';
        heading.tabIndex = -1;
        document.querySelector('main')?.replaceChildren(heading);
        heading.focus();
      });
      window.t.fake.end('idle');
    });
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('signed-out h1');
  });

  it('T-17 has the focus on main where that page wants it nowhere', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => {
      window.t.prevented.add('ended');
      document.addEventListener('session-ended', () =>
        document.querySelector('main')?.replaceChildren('Please sign in.'),
      );
      window.t.fake.end('idle');
    });
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('main');
  });

  it.each(['remove', 'no client', 'move'] as const)(
    'T-57 is not heard of again when it leaves while “Stay signed in” is asked for: %s',
    async (how) => {
      const shown = await warned();
      await shown.page.evaluate(() => (window.t.fake.onExtend = 'fails'));
      await shown.stay.click();
      await shown.page.evaluate((what) => {
        window.t.events.length = 0;
        window.t.leave(what);
      }, how);
      await shown.page.clock.runFor(5000);
      const events = await eventTypes(shown);
      expect(events).toEqual(how === 'move' ? ['session-warning'] : []);
      expect(await shown.page.evaluate(() => window.t.element.open)).toBe(how === 'move');
      expect(shown.problems).toEqual([]);
      await expectForgotten(shown);
    },
  );

  it.each([
    ['warning', 'remove'],
    ['warning', 'no client'],
    ['warning', 'move'],
    ['extend', 'remove'],
    ['extend', 'no client'],
    ['ended', 'remove'],
    ['ended', 'no client'],
  ] as const)('T-57 may leave as it says %s: %s', async (type, how) => {
    const shown = await open();
    await shown.page.evaluate(
      ([name, what]) => {
        const leave = (): void => window.t.leave(what);
        document.addEventListener(`session-${name}`, leave, { once: true });
      },
      [type, how] as const,
    );
    await warn(shown.page, 100_000);
    if (type === 'ended') await shown.page.evaluate(() => window.t.fake.end('idle'));
    if (type === 'extend') await shown.stay.click();
    await shown.page.clock.runFor(5000);
    expect(await shown.page.evaluate(() => window.t.element.open)).toBe(how === 'move');
    await expectForgotten(shown);
  });

  it('leaves warning, extending and signing out to a page that prevents them', async () => {
    const shown = await open();
    await shown.page.evaluate(() => window.t.prevented.add('warning'));
    await warn(shown.page, 100_000);
    await shown.page.clock.runFor(5000);
    await expectClosed(shown);
    await shown.page.keyboard.press('Escape');
    expect(await calls(shown)).toEqual([]);
    await shown.page.evaluate(() => {
      window.t.prevented.clear();
      window.t.prevented.add('extend').add('signout');
      window.t.fake.slide();
    });
    await warn(shown.page, 100_000);
    await shown.stay.click();
    await shown.out.click();
    expect(await calls(shown)).toEqual([]);
    const types = await eventTypes(shown);
    expect(types).toEqual([
      'session-warning',
      'session-warning',
      'session-extend',
      'session-signout',
    ]);
  });

  it('loads the page anew when somebody wants to sign in again', async () => {
    const shown = await open({ clock: false });
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    await Promise.all([shown.page.waitForEvent('load'), shown.stay.click()]);
    await expectClosed(shown);
  });

  it('T-19 closes when somebody signs in, in whichever tab', async () => {
    const shown = await open();
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    await expectOpen(shown);
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
  });
});

const backdropOf = ({ dialog }: OpenPage): Promise<string> =>
  dialog.evaluate((element) => getComputedStyle(element, '::backdrop').backgroundColor);

/** In order, as the page heard them. */
const eventTypes = ({ page }: OpenPage): Promise<string[]> =>
  page.evaluate(() => window.t.events.map(({ type }) => type));

/** Without a client nobody asks for the time any more. */
async function expectForgotten({ page, problems }: OpenPage): Promise<void> {
  await page.evaluate(() => {
    window.t.element.client = null;
    window.t.fake.remaining = () => {
      throw new Error('still asked');
    };
  });
  await page.clock.runFor(5000);
  expect(problems).toEqual([]);
}

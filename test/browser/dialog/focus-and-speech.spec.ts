// Where the focus is, and what a screen reader hears and when. Rows T-40 … T-45.
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

describeWithChromium('the dialog’s focus and speech', () => {
  const open = useDialogPage();

  async function warned(idleMs: number): Promise<OpenPage> {
    const shown = await open();
    await shown.page.locator('#search').focus();
    await warn(shown.page, idleMs);
    await expectOpen(shown);
    await shown.page.evaluate(() => window.t.watchSpeech());
    return shown;
  }

  const spoken = ({ page }: OpenPage): Promise<string[]> => page.evaluate(() => window.t.spoken);

  it('T-40 begins at “Stay signed in”, goes to “Sign out”, and never to the page', async () => {
    const { page } = await warned(100_000);
    expect(await activeId(page)).toBe('stay');
    await page.keyboard.press('Tab');
    expect(await activeId(page)).toBe('out');
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('Tab');
      expect(['stay', 'out', 'body', 'dialog']).toContain(await activeId(page));
    }
  });

  it('T-40 gives the focus back', async () => {
    const shown = await warned(100_000);
    await shown.stay.click();
    await shown.page.clock.runFor(100);
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('search input');
  });

  it('T-40 gives it to main when the element has gone', async () => {
    const shown = await warned(100_000);
    await shown.page.evaluate(() => document.querySelector('#search')?.remove());
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('main');
    // And leaves nothing behind there.
    await shown.page.locator('#other').focus();
    expect(await shown.page.locator('main').getAttribute('tabindex')).toBeNull();
  });

  it('T-40 gives it to main also from the page’s own link within the dialog', async () => {
    const shown = await warned(100_000);
    await shown.page.evaluate(() => {
      const help = Object.assign(document.createElement('a'), {
        href: '#help',
        textContent: 'Help',
      });
      help.slot = 'extra';
      window.t.element.append(help);
      document.querySelector('#search')?.remove();
    });
    await shown.page.getByRole('link', { name: 'Help' }).focus();
    await shown.page.evaluate(() => window.t.fake.slide());
    await expectClosed(shown);
    expect(await activeId(shown.page)).toBe('main');
  });

  it('T-40 leaves the focus alone where nothing had it', async () => {
    const shown = await open();
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    // At once: a browser by itself leaves it on the hidden button until it paints.
    const focused = await shown.page.evaluate(() => {
      window.t.fake.slide();
      return document.activeElement?.localName;
    });
    expect(focused).toBe('body');
    await expectClosed(shown);
  });

  it('T-40 has the focus on what is left when the button that had it goes', async () => {
    const shown = await warned(100_000);
    await shown.out.focus();
    await shown.page.evaluate(() => window.t.fake.end('revoked'));
    expect(await activeId(shown.page)).toBe('sign-in');
  });

  it('T-41 is an alert dialog with a name and a sentence, modal, and the page is not there', async () => {
    const { page } = await warned(100_000);
    const tree = await accessibilityTree(page);
    const dialog = tree.find(({ role }) => role === 'alertdialog');
    expect(dialog).toMatchObject({
      name: 'You’re about to be signed out',
      description: 'For your security, we will sign you out in 1 minute, 40 seconds.',
      properties: { modal: true },
    });
    expect(tree.filter(({ role }) => role === 'button').map(({ name }) => name)).toEqual([
      'Stay signed in',
      'Sign out',
    ]);
    expect(JSON.stringify(tree)).not.toContain('private');
  });

  it('T-41 hides the countdown that is seen from what is spoken, which comes four times', async () => {
    const shown = await warned(100_000);
    expect(await shown.message.getAttribute('aria-hidden')).toBe('true');
    for (let second = 0; second < 100; second++) await shown.page.clock.runFor(1000);
    expect(await spoken(shown)).toEqual([
      'For your security, we will sign you out in 1 minute.',
      'For your security, we will sign you out in 40 seconds.',
      'For your security, we will sign you out in 20 seconds.',
      'For your security, we will sign you out in less than 20 seconds.',
    ]);
    const live = shown.dialog.locator('.unseen[role=status]');
    expect(await live.getAttribute('aria-live')).toBeNull();
  });

  it('T-41 keeps the description true at each of these', async () => {
    const shown = await warned(100_000);
    await shown.page.clock.runFor(60_500);
    const tree = await accessibilityTree(shown.page);
    expect(tree.find(({ role }) => role === 'alertdialog')?.description).toBe(
      'For your security, we will sign you out in 40 seconds.',
    );
  });

  it('T-42 speaks once per whole minute above one', async () => {
    const shown = await warned(290_000);
    for (let step = 0; step < 50; step++) await shown.page.clock.runFor(5000);
    expect((await spoken(shown)).map((text) => text.replace(/^.* out in /, ''))).toEqual([
      '4 minutes.',
      '3 minutes.',
      '2 minutes.',
      '1 minute.',
      '40 seconds.',
    ]);
  });

  it('T-43 says once, politely, that one is still signed in', async () => {
    const shown = await warned(100_000);
    await shown.stay.click();
    await shown.page.clock.runFor(5000);
    await expectClosed(shown);
    expect(await spoken(shown)).toEqual(['You are still signed in.']);
    const tree = await accessibilityTree(shown.page);
    expect(JSON.stringify(tree)).toContain('You are still signed in.');
  });

  it('T-44 makes no sound and no alert, and shakes nothing', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      const noisy = (): never => {
        throw new Error('noise');
      };
      Object.assign(window, { alert: noisy, confirm: noisy, AudioContext: noisy });
      HTMLMediaElement.prototype.play = noisy;
      Object.defineProperty(navigator, 'vibrate', { value: noisy });
    });
    await warn(shown.page, 30_000);
    await shown.page.clock.runFor(31_000);
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    expect(shown.problems).toEqual([]);
  });

  it('T-45 puts the time into the title only while the tab is hidden, four times a minute', async () => {
    const shown = await warned(120_000);
    await shown.page.clock.runFor(3000);
    expect(await shown.page.title()).toBe('Orders');
    await shown.page.evaluate(() => window.t.setVisibility('hidden'));
    const titles: string[] = [];
    for (let second = 0; second < 60; second++) {
      const title = await shown.page.title();
      if (title !== titles.at(-1)) titles.push(title);
      await shown.page.clock.runFor(1000);
    }
    expect(titles).toEqual([
      'Sign-out in 1 minute, 57 seconds – Orders',
      'Sign-out in 1 minute, 41 seconds – Orders',
      'Sign-out in 1 minute, 26 seconds – Orders',
      'Sign-out in 1 minute, 11 seconds – Orders',
    ]);
    await shown.page.evaluate(() => window.t.setVisibility('visible'));
    expect(await shown.page.title()).toBe('Orders');
  });

  it('T-45 gives the title back when the dialog closes in a hidden tab', async () => {
    const shown = await warned(120_000);
    await shown.page.evaluate(() => window.t.setVisibility('hidden'));
    expect(await shown.page.title()).not.toBe('Orders');
    await shown.page.evaluate(() => window.t.fake.slide());
    expect(await shown.page.title()).toBe('Orders');
  });

  it('T-45 leaves the title alone with `no-title`', async () => {
    const shown = await warned(120_000);
    await shown.page.evaluate(() => {
      window.t.element.setAttribute('no-title', '');
      window.t.setVisibility('hidden');
    });
    await shown.page.clock.runFor(20_000);
    expect(await shown.page.title()).toBe('Orders');
  });

  it('T-45 changes the title four times a minute also where the page changes it each second', async () => {
    const shown = await warned(120_000);
    const set = await shown.page.evaluateHandle(() => {
      let count = 0;
      const titles: string[] = [];
      const title = document.querySelector('title')!;
      const look = (): void => {
        if (document.title.startsWith('Sign-out')) titles.push(document.title);
      };
      new MutationObserver(look).observe(title, { childList: true });
      setInterval(() => (document.title = `(${String(++count)}) Orders`), 1000);
      window.t.setVisibility('hidden');
      return titles;
    });
    for (let second = 0; second < 60; second++) await shown.page.clock.runFor(1000);
    const titles = await set.jsonValue();
    expect(titles.length).toBeGreaterThan(1);
    expect(titles.length).toBeLessThanOrEqual(5);
    await shown.page.evaluate(() => window.t.setVisibility('visible'));
    expect(await shown.page.title()).toMatch(/^\(\d+\) Orders$/);
  });

  it('T-16 says also to a screen reader what the open dialog has become', async () => {
    const shown = await warned(5000);
    await shown.page.evaluate(() => window.t.fake.become('unknown'));
    await shown.page.clock.runFor(2000);
    await shown.page.evaluate(() => window.t.fake.end('suspended', 'push'));
    await shown.page.clock.runFor(2000);
    expect(await spoken(shown)).toEqual([
      'You are offline, or the service cannot be reached. We keep trying.',
      'This account cannot be used at the moment.',
    ]);
  });

  it('T-43 leaves no such words on the page that is shown after the end', async () => {
    const shown = await warned(100_000);
    await shown.page.evaluate(() => window.t.fake.slide());
    await shown.page.clock.runFor(5000);
    await shown.page.evaluate(() => {
      window.t.prevented.add('ended');
      window.t.fake.end('idle');
    });
    const tree = await accessibilityTree(shown.page);
    expect(JSON.stringify(tree)).not.toContain('still signed in');
  });
});

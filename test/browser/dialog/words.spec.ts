// The dialog's words: plain, in the page's language, one sentence around one time. Rows T-30 … T-34.
import { expect, it } from '@jest/globals';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { expectOpen, useDialogPage, warn, type OpenPage } from './support/dialog-page.js';

/** A page's own texts; written as an application would. */
const german = {
  title: 'Sie werden gleich abgemeldet',
  stay: 'Angemeldet bleiben',
  signOut: 'Abmelden',
};

describeWithChromium('the dialog’s words', () => {
  const open = useDialogPage();

  async function warned(attributes: string, idleMs = 100_000): Promise<OpenPage> {
    const shown = await open({ attributes });
    await warn(shown.page, idleMs);
    await expectOpen(shown);
    return shown;
  }

  it('T-30 says what will happen, when, and what can be done', async () => {
    const { dialog, stay, out, message } = await warned('lang="en"');
    expect(await dialog.locator('h2').innerText()).toBe('You’re about to be signed out');
    expect(await message.innerText()).toBe(
      'For your security, we will sign you out in 1 minute, 40 seconds.',
    );
    expect([await stay.innerText(), await out.innerText()]).toEqual(['Stay signed in', 'Sign out']);
  });

  it('T-31 has no jargon, no blame and no OK, in any state', async () => {
    const shown = await open();
    const texts = await shown.page.evaluate(() => {
      const { element } = window.t;
      const { texts: labels } = element as unknown as { texts: Record<string, unknown> };
      const reasons = ['signed-out', 'idle', 'absolute', 'revoked', 'suspended', 'invalid'];
      return Object.entries(labels).flatMap(([name, label]) => {
        if (name === 'time') return [];
        if (typeof label !== 'function') return [String(label)];
        const word = label as (...given: string[]) => string;
        return name === 'ended'
          ? reasons.map((why) => word(why, '10 minutes'))
          : [word('1 minute', '')];
      });
    });
    expect(texts.length).toBeGreaterThan(18);
    const jargon =
      /\b(session|token|expired?|idle|time-?out|401|ok|cancel|inactive|failed to)\b|still there/i;
    expect(texts.filter((text) => jargon.test(text))).toEqual([]);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });

  it.each([
    ['idle', 'You were signed out because you did not use the page for 10 minutes.'],
    ['absolute', 'You have been signed in for 12 hours. Please sign in again.'],
    ['revoked', 'You were signed out from another place or by an administrator.'],
    ['suspended', 'This account cannot be used at the moment.'],
  ])('T-32 says why it ended, in the dialog and for a page: %s', async (reason, text) => {
    const shown = await open();
    const described = await shown.page.evaluate((why) => {
      const { fake, describeEnd } = window.t;
      // As for a page that was opened late: what is left says nothing of what is allowed.
      fake.slide(300_000, 10_800_000);
      fake.end(why);
      return describeEnd(why as 'idle', { idleMs: 600_000, absoluteMs: 43_200_000 });
    }, reason);
    expect(await shown.message.innerText()).toBe(text);
    expect(described).toBe(text);
  });

  it.each([
    ['en', '1 minute, 40 seconds'],
    ['de', '1 Minute, 40 Sekunden'],
    ['ar', 'دقيقة و40 ثانية'],
    ['ja', '1 分 40 秒'],
  ])('T-33 forms the time as %s does', async (lang, time) => {
    const { dialog } = await warned(`lang="${lang}"`);
    expect(await dialog.locator('[part=time]').innerText()).toBe(time);
  });

  it('T-33 says Welsh times through a label where the browser has no words for them', async () => {
    const shown = await open({ attributes: 'lang="cy"' });
    await shown.page.evaluate(() =>
      window.t.useLabels({
        time: (ms) => `${String(Math.floor(ms / 1000))} eiliad`,
        message: (time) => `Er eich diogelwch, byddwn yn eich allgofnodi mewn ${time}.`,
      }),
    );
    await warn(shown.page, 40_000);
    await expectOpen(shown);
    expect(await shown.message.innerText()).toBe(
      'Er eich diogelwch, byddwn yn eich allgofnodi mewn 40 eiliad.',
    );
  });

  it('T-33 takes the page’s texts, and puts the time where the sentence has it', async () => {
    const shown = await open({ attributes: 'lang="de"' });
    await shown.page.evaluate((texts) => {
      const message = (time: string): string => `In ${time} melden wir Sie ab.`;
      window.t.useLabels({ ...texts, message });
    }, german);
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    expect(await shown.message.innerText()).toBe('In 1 Minute, 40 Sekunden melden wir Sie ab.');
    expect(await shown.message.locator('bdi').innerText()).toBe('1 Minute, 40 Sekunden');
    expect(await shown.dialog.locator('h2').innerText()).toBe(german.title);
    await shown.page.evaluate(() => window.t.useLabels({}));
    expect(await shown.dialog.locator('h2').innerText()).toBe('You’re about to be signed out');
  });

  it('T-33 leaves nothing of a sentence away that says the time twice', async () => {
    const shown = await open();
    await shown.page.evaluate(() =>
      window.t.useLabels({ message: (time) => `In ${time} it ends. Only ${time}!` }),
    );
    await warn(shown.page, 40_000);
    await expectOpen(shown);
    expect(await shown.message.innerText()).toBe('In 40 seconds it ends. Only 40 seconds!');
  });

  it('T-34 takes the language of the element, else of the document, at once', async () => {
    const shown = await warned('lang="en"');
    await shown.page.evaluate(() => (window.t.element.lang = 'de'));
    expect(await shown.message.innerText()).toContain('1 Minute, 40 Sekunden');
    await shown.page.evaluate(() => window.t.element.removeAttribute('lang'));
    expect(await shown.message.innerText()).toContain('1 minute, 40 seconds');
  });

  it('T-34 counts on when the language is none', async () => {
    const { message } = await warned('lang="en_US"');
    expect(await message.innerText()).toContain('1 minute, 40 seconds');
  });

  it('T-34 follows the direction, and sets the time apart from it', async () => {
    const { dialog } = await warned('lang="ar" dir="rtl"');
    expect(await dialog.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
    expect(await dialog.locator('[part=time]').evaluate((element) => element.localName)).toBe(
      'bdi',
    );
  });

  it('shows what the page puts into its slots', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      const title = document.createElement('span');
      title.slot = 'title';
      title.textContent = 'Orders: you will be signed out';
      const extra = document.createElement('p');
      extra.slot = 'extra';
      extra.textContent = 'Your draft is kept.';
      window.t.element.append(title, extra);
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    const tree = await shown.page.locator('body').ariaSnapshot();
    expect(tree).toContain('alertdialog "Orders: you will be signed out"');
    expect(tree).toContain('Your draft is kept.');
  });
});

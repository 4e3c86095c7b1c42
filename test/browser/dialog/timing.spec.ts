// When the dialog opens, and that the time in it is never more than there is. Rows T-01 … T-07.
import { expect, it } from '@jest/globals';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { expectClosed, expectOpen, useDialogPage, warn } from './support/dialog-page.js';

describeWithChromium('the dialog’s time', () => {
  const open = useDialogPage();

  it('T-01 opens when the client warns, and not before', async () => {
    const shown = await open();
    await shown.page.clock.runFor(60_000);
    await expectClosed(shown);
    await warn(shown.page, 120_000);
    await expectOpen(shown);
    expect(await shown.message.innerText()).toContain('2 minutes');
  });

  it('T-01 opens for an element that comes when the client has warned already', async () => {
    const shown = await open();
    await shown.page.evaluate(() => window.t.element.remove());
    await warn(shown.page, 90_000);
    await shown.page.evaluate(() => document.body.append(window.t.element));
    await expectOpen(shown);
  });

  it('T-03 opens in a hidden tab too, but takes the focus only once it is seen', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      window.t.setVisibility('hidden');
      window.t.watchSpeech();
    });
    await warn(shown.page, 100_000);
    await shown.page.clock.runFor(50_000);
    expect(await shown.page.evaluate(() => window.t.element.open)).toBe(true);
    const focused = (): Promise<unknown> =>
      shown.page.evaluate(() => window.t.element.shadowRoot?.activeElement?.getAttribute('part'));
    expect(await focused()).toBe('dialog');
    expect(await shown.page.evaluate(() => window.t.spoken)).toEqual([]);
    await shown.page.evaluate(() => window.t.setVisibility('visible'));
    expect(await focused()).toBe('stay');
    await shown.page.clock.runFor(12_000);
    expect(await shown.page.evaluate(() => window.t.spoken)).toHaveLength(1);
  });

  it('T-04 reads the time anew after sleep, however late the timers are', async () => {
    const shown = await open();
    await warn(shown.page, 120_000);
    await expectOpen(shown);
    const now = await shown.page.evaluate(() => Date.now());
    // The wall has gone on for 80 seconds, and no timer has run.
    await shown.page.clock.setFixedTime(now + 80_000);
    await shown.page.evaluate(() => window.t.setVisibility('visible'));
    expect(await shown.message.innerText()).toContain('40 seconds');
  });

  it.each(['pageshow', 'focus', 'online'])('T-04 reads the time anew on %s', async (type) => {
    const shown = await open();
    await warn(shown.page, 120_000);
    await expectOpen(shown);
    const now = await shown.page.evaluate(() => Date.now());
    await shown.page.clock.setFixedTime(now + 30_000);
    await shown.page.evaluate((name) => window.dispatchEvent(new Event(name)), type);
    expect(await shown.message.innerText()).toContain('1 minute, 30 seconds');
  });

  it('T-05 never shows more time than there is, and never zero', async () => {
    const shown = await open();
    await warn(shown.page, 61_900);
    await expectOpen(shown);
    const seen: [number, string][] = [];
    for (let step = 0; step < 125; step++) {
      const ms = await shown.page.evaluate(() => window.t.fake.remaining()?.idleMs ?? 0);
      seen.push([ms, await shown.message.innerText()]);
      await shown.page.clock.runFor(500);
    }
    const wrong = seen.filter(([ms, text]) => {
      const [, minutes = '0'] = /(\d+) minute/.exec(text) ?? [];
      const [, seconds = '0'] = /(\d+) second/.exec(text) ?? [];
      const said = (Number(minutes) * 60 + Number(seconds)) * 1000;
      const isFinal = text.includes('less than 20 seconds');
      return isFinal ? ms >= 20_000 : said > ms || said === 0 || ms - said > 1000;
    });
    expect(wrong).toEqual([]);
    expect(seen[0]?.[1]).toContain('1 minute, 1 second.');
    expect(seen.at(-1)?.[0]).toBeLessThan(1000);
  });

  it('T-06 can be answered with “Stay signed in” any number of times', async () => {
    const shown = await open();
    for (let round = 0; round < 15; round++) {
      await warn(shown.page, 120_000);
      await expectOpen(shown);
      await shown.stay.click();
      await shown.page.clock.runFor(20);
      await expectClosed(shown);
    }
    const calls = await shown.page.evaluate(() => window.t.fake.calls);
    expect(calls).toHaveLength(15);
  });

  it('T-07 offers no putting off where there is none, and says what to do', async () => {
    const shown = await open();
    await warn(shown.page, 600_000, 300_000);
    await expectOpen(shown);
    expect(await shown.message.innerText()).toContain('5 minutes');
    const text = await shown.dialog.innerText();
    expect(text).toContain('Save your work');
    expect(text).toContain('sign in again');
    expect(text).not.toContain('Stay signed in');
    expect(await shown.stay.innerText()).toBe('Go back and save');
  });

  it('T-07 lets the work be saved, and reminds once more when a minute is left', async () => {
    const shown = await open();
    await warn(shown.page, 600_000, 200_000);
    await expectOpen(shown);
    await shown.page.keyboard.press('Escape');
    await expectClosed(shown);
    expect(await shown.page.evaluate(() => window.t.fake.calls)).toEqual([]);
    await shown.page.clock.runFor(139_000);
    await expectClosed(shown);
    await shown.page.clock.runFor(1_500);
    await expectOpen(shown);
    await shown.stay.click();
    await shown.page.clock.runFor(50_000);
    await expectClosed(shown);
  });

  it('T-07 warns the next session as early, whatever was dismissed in the one before', async () => {
    const shown = await open();
    for (const ms of [200_000, 50_000]) {
      await warn(shown.page, 600_000, ms);
      await expectOpen(shown);
      await shown.stay.click();
      await expectClosed(shown);
      await shown.page.evaluate(() => {
        window.t.fake.end('absolute');
        window.t.fake.slide();
      });
      await expectClosed(shown);
      await warn(shown.page, 600_000, 300_000);
      await expectOpen(shown);
      expect(await shown.message.innerText()).toContain('5 minutes');
      await shown.page.evaluate(() => window.t.fake.slide());
    }
  });
});

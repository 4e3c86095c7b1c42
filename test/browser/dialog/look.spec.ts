// How it looks, to everybody: contrast, zoom, directions, modes, policies, its styles. Rows T-50 … T-57.
import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { constants, inflateSync } from 'node:zlib';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { root } from '../support/root.js';
import {
  expectClosed,
  expectOpen,
  useDialogPage,
  warn,
  type DialogOptions,
  type OpenPage,
} from './support/dialog-page.js';

const narrow = { viewport: { width: 320, height: 640 } };
/** 1280 × 1024 at 400 %. */
const zoomed = { viewport: { width: 320, height: 256 } };

const looks: [string, DialogOptions][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['320 px', narrow],
  ['400 %', zoomed],
  ['forced colours', { forcedColors: 'active' }],
  ['right to left', { attributes: 'lang="ar" dir="rtl"' }],
];

/** Each phase in which something is to be seen. */
const phases: [string, (shown: OpenPage) => Promise<void>][] = [
  ['warning', ({ page }) => warn(page, 100_000)],
  [
    'offline',
    ({ page }) => warn(page, 1).then(() => page.evaluate(() => window.t.fake.become('unknown'))),
  ],
  ['absolute', ({ page }) => warn(page, 100_000, 100_000)],
  ['ended', ({ page }) => page.evaluate(() => window.t.fake.end('idle'))],
];

interface Violation {
  readonly id: string;
  readonly nodes: { readonly html: string; readonly failureSummary?: string }[];
}

describeWithChromium('the dialog’s look', () => {
  const open = useDialogPage();

  async function warned(options?: DialogOptions): Promise<OpenPage> {
    const shown = await open(options);
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    return shown;
  }

  it.each(looks)('T-50 has no axe violation in any phase: %s', async (_name, options) => {
    const shown = await open({ ...options, bypassCSP: true, clock: false });
    await shown.page.evaluate(await readFile(`${root}node_modules/axe-core/axe.min.js`, 'utf8'));
    for (const [name, enter] of phases) {
      await enter(shown);
      await expectOpen(shown);
      const violations = await shown.page.evaluate(async () => {
        const axe = (
          globalThis as unknown as {
            axe: { run(...given: unknown[]): Promise<{ violations: Violation[] }> };
          }
        ).axe;
        const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        return (await axe.run(document, { runOnly: { type: 'tag', values } })).violations;
      });
      expect([name, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([name, []]);
      await shown.page.evaluate(() => window.t.fake.slide());
      await expectClosed(shown);
    }
  });

  it.each(['light', 'dark'] as const)('T-50 has contrast enough in %s', async (colorScheme) => {
    const shown = await warned({ colorScheme });
    await shown.page.keyboard.press('Tab');
    const colours = await shown.dialog.evaluate((dialog) => {
      const primary = getComputedStyle(dialog.querySelector('.primary')!);
      const out = getComputedStyle(dialog.querySelector('[part=out]')!);
      const panel = getComputedStyle(dialog);
      return {
        panel: panel.backgroundColor,
        text: panel.color,
        border: panel.borderTopColor,
        button: out.borderTopColor,
        ring: out.outlineColor,
        accent: primary.backgroundColor,
        onAccent: primary.color,
      };
    });
    const { panel } = colours;
    expect(contrast(colours.text, panel)).toBeGreaterThanOrEqual(7);
    expect(contrast(colours.onAccent, colours.accent)).toBeGreaterThanOrEqual(4.5);
    for (const edge of [colours.border, colours.button, colours.ring, colours.accent]) {
      expect(contrast(edge, panel)).toBeGreaterThanOrEqual(3);
    }
    // Two colours: the ring is told from the button too, from which a gap parts it.
    expect(contrast(colours.ring, colours.accent)).toBeGreaterThanOrEqual(2);
    const style = await shown.out.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(style).toBe('solid');
  });

  it('T-51 keeps its edges in forced colours, and marks the first button', async () => {
    const shown = await warned({ forcedColors: 'active' });
    const edges = await shown.dialog.evaluate((dialog) =>
      [dialog, ...dialog.querySelectorAll('button')].map((element) => {
        const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element);
        return [borderTopWidth, borderTopStyle, borderTopColor !== 'rgba(0, 0, 0, 0)'];
      }),
    );
    expect(edges).toEqual([
      ['1px', 'solid', true],
      ['1px', 'solid', true],
      ['1px', 'solid', true],
    ]);
    const fills = await shown.dialog.evaluate((dialog) => {
      const probe = document.createElement('i');
      probe.style.setProperty('background', 'Highlight');
      probe.style.setProperty('forced-color-adjust', 'none');
      dialog.append(probe);
      const fill = (element: Element): string => getComputedStyle(element).backgroundColor;
      return [fill(probe), ...[...dialog.querySelectorAll('button')].map(fill)];
    });
    expect(fills[1]).toBe(fills[0]);
    expect(fills[2]).not.toBe(fills[0]);
  });

  it.each(['reduce', 'no-preference'] as const)('T-52 moves nothing: %s', async (reducedMotion) => {
    const shown = await warned({ reducedMotion });
    expect(await shown.page.evaluate(() => document.getAnimations().length)).toBe(0);
    const time = shown.dialog.locator('[part=time]');
    const numbers = await time.evaluate((element) => getComputedStyle(element).fontVariantNumeric);
    expect(numbers).toBe('tabular-nums');
  });

  it.each([
    ['320 px', narrow],
    ['400 %', zoomed],
  ])('T-53 fits at %s, with targets to hit, and scrolls inside', async (_name, options) => {
    const shown = await warned(options);
    const size = await shown.dialog.evaluate((dialog) => {
      const box = dialog.getBoundingClientRect();
      return {
        left: box.left,
        right: innerWidth - box.right,
        top: box.top,
        bottom: innerHeight - box.bottom,
        sideways: dialog.scrollWidth - dialog.clientWidth,
        page: document.documentElement.scrollWidth - innerWidth,
        hidden: dialog.scrollHeight - dialog.clientHeight,
        overflow: getComputedStyle(dialog).overflowY,
      };
    });
    expect(Math.min(size.left, size.right, size.top, size.bottom)).toBeGreaterThanOrEqual(0);
    expect([size.sideways, Math.max(0, size.page)]).toEqual([0, 0]);
    if (size.hidden > 0) expect(size.overflow).toBe('auto');
    for (const button of [shown.stay, shown.out]) {
      await button.scrollIntoViewIfNeeded();
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });

  it('T-53 bears wider text (WCAG 1.4.12)', async () => {
    const shown = await warned(narrow);
    const cut = await shown.dialog.evaluate((dialog) => {
      const style = { 'line-height': '1.5', 'letter-spacing': '.12em', 'word-spacing': '.16em' };
      for (const element of dialog.querySelectorAll<HTMLElement>('h2, p, button')) {
        for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
        if (element.localName === 'p') element.style.setProperty('margin-bottom', '2em');
      }
      const seen = [...dialog.querySelectorAll<HTMLElement>('h2, [part=message], button')];
      return seen.filter((element) => element.scrollWidth > element.clientWidth + 1).length;
    });
    expect(cut).toBe(0);
  });

  it('T-54 is mirrored right to left', async () => {
    const order = async (attributes: string): Promise<number> => {
      const shown = await warned({ attributes });
      const [stay, out] = [await shown.stay.boundingBox(), await shown.out.boundingBox()];
      return Math.sign((out?.x ?? 0) - (stay?.x ?? 0));
    };
    expect([await order('lang="en"'), await order('lang="ar" dir="rtl"')]).toEqual([1, -1]);
  });

  it('T-54 uses logical properties only', async () => {
    const css = await readFile(`${root}libs/client/src/timeout-dialog/styles.ts`, 'utf8');
    expect(css).toContain('inline-size');
    expect(css).not.toMatch(
      /[{;\s](left|right|top|bottom|width|height|(margin|padding|border)-(left|right|top|bottom))\s*:/,
    );
  });

  it('T-55 works under a strict policy and Trusted Types, and says nothing in the console', async () => {
    const shown = await warned();
    expect(await shown.dialog.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe(
      '1px',
    );
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    await shown.page.evaluate(() => window.t.fake.slide());
    expect(shown.problems).toEqual([]);
    // The policy is in force: what it forbids is refused.
    const refused = await shown.page.evaluate(() => {
      try {
        document.createElement('p').innerHTML = '<b>no</b>';
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toBe(true);
  });

  it('T-56 is styled by parts and custom properties, and needs neither', async () => {
    const shown = await open({ bypassCSP: true });
    await shown.page.addStyleTag({
      content: `session-timeout-dialog { --session-timeout-background: rgb(1, 2, 3); --session-timeout-radius: 0;
          --session-timeout-accent: rgb(4, 5, 6); --session-timeout-accent-color: rgb(7, 8, 9) }
        ::part(title) { color: rgb(10, 11, 12) } ::part(out) { text-transform: uppercase }`,
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    const style = (part: string, name: string): Promise<string> =>
      shown.page
        .locator(`session-timeout-dialog [part=${part}]`)
        .evaluate(
          (element, property) => getComputedStyle(element).getPropertyValue(property),
          name,
        );
    expect(await style('dialog', 'background-color')).toBe('rgb(1, 2, 3)');
    expect(await style('dialog', 'border-radius')).toBe('0px');
    expect(await style('stay', 'background-color')).toBe('rgb(4, 5, 6)');
    expect(await style('stay', 'color')).toBe('rgb(7, 8, 9)');
    expect(await style('title', 'color')).toBe('rgb(10, 11, 12)');
    expect(await style('out', 'text-transform')).toBe('uppercase');
    const parts = await shown.page.evaluate(() =>
      [...(window.t.element.shadowRoot?.querySelectorAll('[part]') ?? [])].map((one) =>
        one.getAttribute('part'),
      ),
    );
    expect(parts.sort()).toEqual(['dialog', 'message', 'out', 'status', 'stay', 'time', 'title']);
  });

  it('T-56 is not printed, but what it hides after the end stays hidden on paper', async () => {
    const shown = await warned();
    await shown.page.emulateMedia({ media: 'print' });
    expect(await shown.dialog.isVisible()).toBe(false);
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    expect(await shown.dialog.isVisible()).toBe(true);
  });

  it('T-56 covers the page on paper too, which leaves colours away', async () => {
    const shown = await open({ clock: false });
    await shown.page.evaluate(() =>
      window.t.element.style.setProperty('--session-timeout-cover', '#0f0'),
    );
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    const streams = async (): Promise<string> => streamsIn(await shown.page.pdf());
    expect(await streams()).not.toContain('0 1 0 rg');
    await shown.page.evaluate(() => window.t.fake.end('idle'));
    await expectOpen(shown);
    expect(await streams()).toContain('0 1 0 rg');
  });

  it('T-56 leaves “Sign out” away with `hide-sign-out`', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => window.t.element.toggleAttribute('hide-sign-out'));
    expect(await shown.out.isVisible()).toBe(false);
  });

  it('T-57 leaves no listener, title or inert page when it is removed while open', async () => {
    const shown = await warned();
    const before = await shown.page.evaluate(() => {
      window.t.setVisibility('hidden');
      return window.t.fake.count();
    });
    expect(before).toBe(5);
    await shown.page.evaluate(() => window.t.element.remove());
    expect(await shown.page.evaluate(() => window.t.fake.count())).toBe(0);
    expect(await shown.page.title()).toBe('Orders');
    await shown.page.locator('#other').click();
    await shown.page.keyboard.press('Escape');
    await shown.page.clock.runFor(5000);
    expect(await shown.page.evaluate(() => window.t.fake.calls)).toEqual([]);
  });

  it('T-57 may be moved while open', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => window.t.leave('move'));
    await expectOpen(shown);
    expect(await shown.page.evaluate(() => window.t.fake.count())).toBe(5);
    await shown.stay.click();
    await shown.page.clock.runFor(100);
    await expectClosed(shown);
  });

  it('T-57 changes its client without listening to the former', async () => {
    const shown = await warned();
    await shown.page.evaluate(() => (window.t.element.client = null));
    await expectClosed(shown);
    expect(await shown.page.evaluate(() => window.t.fake.count())).toBe(0);
  });

  it('T-57 hands over to one that came before it left, as a router has it, also while open', async () => {
    const shown = await warned();
    const opens = await shown.page.evaluate(() => {
      const next = ['second', 'third'].map((id) => {
        const element = document.createElement('session-timeout-dialog');
        element.id = id;
        element.client = window.t.element.client;
        document.body.append(element);
        return element;
      });
      const [second, third] = next;
      const all = (): unknown[] => [window.t.element, ...next].map(({ open }) => open);
      const seen = [all()];
      window.t.element.remove();
      seen.push(all());
      // One that waits may leave: it is not run, and stays away when its turn would come.
      third?.remove();
      second?.remove();
      seen.push(all());
      if (third) document.body.append(third);
      seen.push(all());
      return seen;
    });
    expect(opens).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, false],
      [false, false, true],
    ]);
    expect(await shown.page.evaluate(() => window.t.fake.count())).toBe(5);
    await shown.page.locator('#third').locator('.primary').click();
    await shown.page.clock.runFor(100);
    expect(await shown.page.evaluate(() => window.t.fake.calls)).toEqual(['extend']);
    await shown.page.locator('#third').locator('dialog').waitFor({ state: 'hidden' });
  });

  it('T-57 has what it was given before it was defined', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      const { element } = window.t;
      element.remove();
      // As in a page whose script is loaded later: nobody knows yet what this element is.
      const early = document.implementation
        .createHTMLDocument()
        .createElement('session-timeout-dialog');
      early.client = element.client;
      early.labels = { stay: 'Yes, stay' };
      document.body.append(early);
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    expect(await shown.stay.innerText()).toBe('Yes, stay');
  });

  it('T-57 is one per page: a second waits, and defining twice breaks nothing', async () => {
    const shown = await open();
    await shown.page.evaluate(() => {
      const second = document.createElement('session-timeout-dialog');
      second.client = window.t.element.client;
      document.body.append(second);
    });
    await warn(shown.page, 100_000);
    await expectOpen(shown);
    expect(await shown.page.locator('dialog').count()).toBe(1);
    await shown.page.evaluate((url: string) => import(url), '/page.js?again');
    expect(shown.problems).toEqual([]);
  });
});

/** What a PDF draws: its compressed streams, in plain words. */
function streamsIn(pdf: Buffer): string {
  const words: string[] = [];
  for (let at = 0; (at = pdf.indexOf('stream\n', at)) !== -1; at += 7) {
    try {
      words.push(
        inflateSync(pdf.subarray(at + 7), { finishFlush: constants.Z_SYNC_FLUSH }).toString(
          'latin1',
        ),
      );
    } catch {
      // A font, a picture, or the end of a stream.
    }
  }
  return words.join('\n');
}

/** WCAG 2 contrast of two computed colours. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

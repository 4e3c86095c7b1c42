// D-19, D-20, D-21: what the page may load, how much of it there is, and whom it speaks to.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dashboardFolder } from '../../../src/dashboard/dashboard-page.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useDashboard } from './support/dashboard.js';

const paths = [
  '/',
  '/users',
  '/sessions',
  '/applications',
  '/keys',
  '/audit',
  '/events',
  '/system',
];

describeWithChromium('the dashboard’s page', () => {
  const dashboard = useDashboard();

  it('D-19: is not kept, not framed, and runs nothing but what came with it', async () => {
    const page = await dashboard().open('/users');
    const answer = await page.reload();
    const headers = answer?.headers() ?? {};
    expect(headers['cache-control']).toBe('no-store');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none';script-src 'nonce-[^']+';style-src 'nonce-[^']+';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    await page.getByRole('table').waitFor();
    const told = await page.evaluate(async () => {
      const blocked: string[] = [];
      const areTold = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (blocked.push(effectiveDirective) === 2) resolve();
        });
      });
      const script = document.createElement('script');
      script.textContent = 'window.broken = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png">');
      await areTold;
      return { blocked, ran: 'broken' in window };
    });
    expect(told).toEqual({ blocked: ['script-src-elem', 'img-src'], ran: false });
    dashboard().forgive(/Content Security Policy|elsewhere\.example/);
  });

  it('D-19: complains of nothing on any screen, with dialogs and menus open', async () => {
    const page = await dashboard().open('/');
    for (const path of paths) {
      await page.goto(`${dashboard().url}/admin${path}`);
      await page.locator('h1').waitFor();
    }
    await page.goto(`${dashboard().url}/admin/users`);
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere…' }).click();
    await page.getByRole('dialog').waitFor();
  });

  it('D-21: speaks to its own server and to nobody else, and brings no fonts', async () => {
    const hosts = new Set<string>();
    const kinds = new Set<string>();
    const context = await dashboard().context();
    context.on('request', (request) => {
      hosts.add(new URL(request.url()).origin);
      kinds.add(request.resourceType());
    });
    const page = await context.newPage();
    await page.goto(`${dashboard().url}/admin/`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect([...hosts]).toEqual([dashboard().url]);
    expect(kinds.has('font')).toBe(false);
  });
});

describe('D-20: the size of the page', () => {
  const gzipped = (ending: string): number =>
    readdirSync(`${dashboardFolder}assets`)
      .filter((name) => name.endsWith(ending))
      .map(
        (name) => gzipSync(readFileSync(`${dashboardFolder}assets/${name}`), { level: 9 }).length,
      )
      .reduce((sum, size) => sum + size, 0);

  it('is at most 190 kB of scripts and 20 kB of styles, gzipped', () => {
    expect(gzipped('.js')).toBeGreaterThan(100_000);
    expect(gzipped('.js')).toBeLessThanOrEqual(190_000);
    expect(gzipped('.css')).toBeLessThanOrEqual(20_000);
  });
});

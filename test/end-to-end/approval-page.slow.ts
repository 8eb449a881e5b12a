import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ApprovalScene } from '../support/approval.ts';
import { DANA, LEE, lastLink, openApprovalScene } from '../support/approval.ts';
import { leaveInBudget } from '../support/budget.ts';
import { hasChromium, openChromium } from '../support/chromium.ts';
import {
  documentOf,
  editOrder,
  enterOrder,
  goods,
  lump,
  standingOf,
  sync,
  trailOf,
} from '../support/orders.ts';
import { scenes } from '../support/scene.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROWEST = { width: 320, height: 640 };
/** Where pictures of the pages go, for people to look at. */
const { SCREENSHOTS } = process.env;

/** By how much the page is wider than its window, all unfolded: as it is, and with text of twice the size. */
const WIDTHS = `
  const root = document.documentElement;
  for (const details of document.querySelectorAll('details')) details.open = true;
  const wide = root.scrollWidth - root.clientWidth;
  root.style.fontSize = '200%';
  [wide, root.scrollWidth - root.clientWidth];
`;

const inBrowser = hasChromium() ? describe : describe.skip;
const openScene = scenes();
const begun: { close(): Promise<void> }[] = [];
let browser: Browser;

beforeAll(async () => {
  if (hasChromium()) browser = await openChromium();
});
afterEach(async () => {
  for (const each of begun.splice(0).toReversed()) await each.close();
});
afterAll(() => browser?.close());

async function visit(link: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: DESKTOP,
    javaScriptEnabled: false,
    ...options,
  });
  begun.push(context);
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
}

/** An order over 8,750.00 of several lines, where 6,000.00 is left and something was held before. */
async function heldOrder(approvers = [DANA, LEE], settings: Record<string, unknown> = {}) {
  const scene: ApprovalScene = await openApprovalScene(openScene, { approvers, settings });
  begun.push(scene);
  const standing = enterOrder(scene, {
    LineItems: [lump('5100', 'Hang, tape and finish to level 4, floor 1', 28_400, { area: 'Interiors' })],
  });
  await sync(scene, standing);
  leaveInBudget(scene, 'riverside', '6000.00');
  const order = enterOrder(scene, {
    Reference: 'North gate, phase 2',
    LineItems: [goods('RNT-FNC', 1600, 3.25), goods('RNT-LIFT', 8, 412.5), goods('FRT', 1, 250)],
  });
  await sync(scene, order);
  return { scene, order };
}

inBrowser('an approver', () => {
  it('opens the link of the mail on a phone, sees all of it, and approves: the commitment stands in Procore', async () => {
    const { scene, order } = await heldOrder();
    const page = await visit(lastLink(scene), { viewport: PHONE });
    expect(await page.title()).toContain(order.PurchaseOrderNumber);
    const words = await page.locator('main').innerText();
    for (const fact of [
      '8,750.00',
      'Capitol Equipment Rentals, Inc.',
      'North gate, phase 2',
      '01-540.E',
      'over by 2,750.00',
    ]) {
      expect(words).toContain(fact);
    }
    await picture(page, 'phone');
    await page.getByText('What exactly will be written to Procore').click();
    expect(await page.locator('details[open]').innerText()).toContain('write the commitment');
    expect(standingOf(scene, order)).toEqual([]);
    await page.getByLabel('Reason').fill('Change order 7 covers it');
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('is approved');
    await picture(page, 'phone-approved');
    await scene.drain();
    expect(standingOf(scene, order)).toMatchObject([{ total: '8750.00', status: 'Approved' }]);
    expect((await trailOf(scene, order)).find(({ event }) => event === 'approved')?.detail).toMatchObject({
      by: 'Dana Reyes <dana@example.com>',
      reason: 'Change order 7 covers it',
    });
  });

  it('rejects at a desk, must say why, and nothing of it reaches Procore', async () => {
    const { scene, order } = await heldOrder();
    const page = await visit(lastLink(scene));
    await picture(page, 'desktop');
    await page.getByRole('button', { name: 'Reject' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('a rejection needs a reason');
    await picture(page, 'desktop-no-reason');
    await page.getByLabel('Reason').fill('Rent the smaller lift');
    await page.getByRole('button', { name: 'Reject' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('is rejected');
    await picture(page, 'desktop-rejected');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'rejected' });
    expect(standingOf(scene, order)).toEqual([]);
  });

  it('needs no mouse: the way to the decision, the reason and the buttons are reached by key', async () => {
    const { scene, order } = await heldOrder();
    const page = await visit(lastLink(scene));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#decide$/);
    await page.keyboard.press('Tab');
    await page.keyboard.type('By key');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=status]');
    await scene.drain();
    expect(standingOf(scene, order)).toMatchObject([{ total: '8750.00' }]);
  });

  it('who goes back and decides again, or clicks twice, finds the one decision', async () => {
    const { scene, order } = await heldOrder();
    const page = await visit(lastLink(scene));
    await page.getByRole('button', { name: 'Approve' }).dblclick();
    await page.waitForSelector('[role=status]');
    await page.waitForTimeout(500);
    await page.goBack();
    const again = page.getByRole('button', { name: 'Approve' });
    // The page is never taken from a cache: either it is asked for again, or the form sends to one that knows.
    if (await again.isVisible()) await again.click();
    expect(await page.locator('main').innerText()).toContain('Dana Reyes approved it');
    const decided = (await trailOf(scene, order)).filter(({ event }) => event === 'approved');
    expect(decided).toHaveLength(1);
  });

  it('finds a page that is stale, because the order changed, decide nothing', async () => {
    const { scene, order } = await heldOrder();
    const page = await visit(lastLink(scene), { viewport: PHONE });
    editOrder(scene, order, { LineItems: [goods('RNT-LIFT', 30, 412.5)] });
    await sync(scene, order);
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('has changed');
    await picture(page, 'phone-changed');
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
  });

  it('is told in plain words of a link that was tampered with, has expired, or was used', async () => {
    const { scene } = await heldOrder();
    const link = lastLink(scene);
    const tampered = await visit(`${link.slice(0, -1)}${link.endsWith('A') ? 'E' : 'A'}`);
    expect(await tampered.locator('main').innerText()).toMatch(/does not work[\s\S]*Nothing was decided/);
    await picture(tampered, 'desktop-tampered');
    const page = await visit(link);
    await page.getByRole('button', { name: 'Approve' }).click();
    const second = await visit(link);
    expect(await second.locator('main').innerText()).toContain('is approved already');
    expect(await second.getByRole('button').count()).toBe(0);
    scene.clock.advance(8 * 86_400_000);
    expect(await (await visit(link)).locator('main').innerText()).toContain('has expired');
  });
});

inBrowser('the page', () => {
  it('fits the narrowest phone and 200 % text, without scrolling sideways', async () => {
    const { scene } = await heldOrder();
    for (const [name, viewport] of Object.entries({ narrow: NARROWEST, phone: PHONE, desktop: DESKTOP })) {
      const page = await visit(lastLink(scene), { viewport, javaScriptEnabled: true });
      const widths = await page.evaluate(WIDTHS);
      expect({ name, widths }).toEqual({ name, widths: [0, 0] });
    }
    await picture(await visit(lastLink(scene), { viewport: NARROWEST }), 'narrow');
    await picture(await visit(lastLink(scene), { colorScheme: 'dark' }), 'desktop-dark');
    await picture(await visit(lastLink(scene), { colorScheme: 'dark', viewport: PHONE }), 'phone-dark');
  });

  it('runs no script, loads nothing, and breaks no rule of its own policy', async () => {
    const { scene } = await heldOrder();
    const page = await visit('about:blank', { javaScriptEnabled: true });
    const [requests, complaints]: string[][] = [[], []];
    page.on('request', (request) => requests!.push(request.url()));
    page.on('console', (message) => complaints!.push(message.text()));
    const answer = await page.goto(lastLink(scene));
    expect(answer!.headers()).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^;]+'; form-action 'self'; frame-ancestors 'none'/,
      ),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(requests!.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([lastLink(scene)]);
    expect(complaints!.filter((text) => !text.includes('favicon'))).toEqual([]);
    expect(await page.locator('script').count()).toBe(0);
  });

  it('is told to screen readers: one heading, named regions, tables and pictures, and a label for all that is asked', async () => {
    const { scene } = await heldOrder();
    const page = await visit(lastLink(scene), { javaScriptEnabled: true });
    expect(await page.locator('h1').count()).toBe(1);
    for (const region of ['Budget (USD)', 'Lines', 'Your decision, Dana Reyes']) {
      expect(await page.getByRole('region', { name: region }).count()).toBe(1);
    }
    expect(await page.getByRole('img').first().getAttribute('aria-label')).toMatch(
      /^Riverside Medical Office Building: of a budget of .* That is 2,750\.00 too much\.$/,
    );
    expect(await page.getByRole('textbox', { name: 'Reason' }).count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

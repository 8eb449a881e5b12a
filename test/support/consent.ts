import { randomUUID } from 'node:crypto';
import type { ReferenceChange } from '../../lib/aws/reference-queue.ts';
import type { WebAnswer } from '../../lib/flows/consent/answer.ts';
import type { ConsentDeployment } from '../../lib/flows/consent/attempt.ts';
import { chooseOrganisation } from '../../lib/flows/consent/choose-organisation.ts';
import { openConsent } from '../../lib/flows/consent/open-consent.ts';
import { receiveCallback } from '../../lib/flows/consent/receive-callback.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import type { XeroSandboxOptions } from '../../lib/sandbox/xero/server.ts';
import { openConsents } from '../../lib/store/consents.ts';
import type { Lease, Leases } from '../../lib/store/leases.ts';
import { openTable } from '../../lib/store/table.ts';
import { createTable } from './aws.ts';
import type { TestClock } from './clock.ts';
import { testClock } from './clock.ts';
import type { TestCloud } from './world.ts';
import { testDeployment } from './world.ts';

export const CONNECT_URL = 'https://connector.example/connect';
export const HARBOR = { tenantId: '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11', name: 'Harbor Homes' };

/** Both vendors with a web app that people can consent to, and a deployment where nothing is connected yet. */
export interface ConsentScene {
  clock: TestClock;
  demo: DemoVendors;
  deployment: ConsentDeployment;
  tableName: string;
  /** A connection file with the grant `authorization_code`. */
  file: ReturnType<typeof consentFile>;
  /** What the reference queue was told. */
  told: ReferenceChange[];
}

export async function openConsentScene(
  cloud: TestCloud,
  xero: XeroSandboxOptions = {},
): Promise<ConsentScene> {
  const clock = testClock('2026-11-22T09:00:00.000Z');
  const demo = await startDemoVendors({ clock, xero: { limits: { minute: 1e9 }, ...xero } });
  demo.xero.registerRedirectUri(DEMO_CREDENTIALS.xero.clientId, `${CONNECT_URL}/xero/callback`);
  // The seed's own consent is not part of these stories.
  demo.xero.disconnect(DEMO_CREDENTIALS.xero.clientId, CONTRACTOR.tenantId);
  demo.xero.addOrganisation({ ...HARBOR, baseCurrency: 'AUD', countryCode: 'AU' });

  const tableName = await createTable(cloud.dynamodb);
  const urls = { xeroUrl: demo.xero.url, procoreUrl: demo.procore.url };
  const deployment = await testDeployment(cloud, clock, urls, tableName);
  const told: ReferenceChange[] = [];
  return {
    clock,
    demo,
    tableName,
    told,
    deployment: {
      ...deployment,
      vendors: { ...deployment.vendors, xeroLoginUrl: demo.xero.loginUrl },
      consents: openConsents(openTable(cloud.dynamodb, tableName)),
      connectUrl: CONNECT_URL,
      reference: {
        async send(changes) {
          told.push(...changes);
        },
      },
    },
    file: consentFile(demo),
  };
}

function consentFile({ connectionFile }: DemoVendors) {
  const { clientId, clientSecret, webhookKey } = connectionFile.xero;
  return { ...connectionFile, xero: { grant: 'authorization_code', clientId, clientSecret, webhookKey } };
}

/** A person's browser: keeps cookies, follows redirects to Xero only when told, and reads pages as text. */
export function openBrowser({ deployment, demo }: Pick<ConsentScene, 'deployment' | 'demo'>) {
  let cookies: string[] = [];
  const { connectUrl } = deployment;

  function take(answer: WebAnswer): WebAnswer {
    if ('redirect' in answer) cookies = [answer.setCookie.split(';')[0]!];
    return answer;
  }

  async function get(url: string | URL): Promise<WebAnswer> {
    const { href, searchParams } = new URL(url);
    if (href.startsWith(`${connectUrl}/xero/callback`)) {
      return take(await receiveCallback(searchParams, cookies, deployment));
    }
    if (!href.startsWith(`${connectUrl}/xero?`)) throw new Error(`The browser was led to ${href}`);
    return take(await openConsent(searchParams.get('attempt') ?? undefined, cookies, deployment));
  }

  /** Opens the link and consents in Xero; returns where Xero sends the browser. */
  async function consent(
    link: string,
    organisations: string[],
    choice: { allow?: boolean; as?: string } = {},
  ): Promise<URL> {
    return demo.xero.consent(redirectOf(await get(link)), { organisations, ...choice });
  }

  return {
    get,
    consent,
    /** The same, up to the page that follows. */
    consented: async (...args: Parameters<typeof consent>): Promise<WebAnswer> => get(await consent(...args)),
    /** Chooses the organisation of this name on the page and presses the button. */
    choose: (answer: WebAnswer, name: string) =>
      chooseOrganisation(formOf(pageOf(answer), name), cookies, deployment),
    submit: (form: URLSearchParams) => chooseOrganisation(form, cookies, deployment),
    cookies: () => cookies,
    forgetCookies: () => {
      cookies = [];
    },
  };
}

export function redirectOf(answer: WebAnswer): string {
  if ('redirect' in answer) return answer.redirect;
  throw new Error(`A page instead of a redirect: ${wordsOf(answer.page)}`);
}

export function pageOf(answer: WebAnswer): string {
  if ('page' in answer) return answer.page;
  throw new Error('A redirect instead of a page');
}

/** The scene with people who wait as long as others take, and not by a clock that runs ahead of them. */
export function atTheSameTime<S extends Pick<ConsentScene, 'deployment'>>(scene: S): S {
  const held = new Set<Lease>();
  const wake: (() => void)[] = [];
  const leases: Leases = {
    async acquire(...args) {
      const lease = await scene.deployment.leases.acquire(...args);
      if (!lease) return undefined;
      held.add(lease);
      return {
        ...lease,
        async release() {
          await lease.release();
          held.delete(lease);
          for (const go of wake.splice(0)) go();
        },
      };
    },
  };
  const sleep = () => new Promise<void>((go) => (held.size === 0 ? go() : wake.push(go)));
  const clock = { ...scene.deployment.clock, sleep };
  return { ...scene, deployment: { ...scene.deployment, leases, clock } };
}

/** What a page says, without its markup. */
export const wordsOf = (page: string): string =>
  page
    .slice(page.indexOf('<h1>'))
    .replace(/<[^>]*>|\s+/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

export const saidBy = (answer: WebAnswer): string => wordsOf(pageOf(answer));

/** What the form sends once the organisation of this name is chosen; none of that name chooses nothing. */
export function formOf(page: string, name: string): URLSearchParams {
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1];
  if (token === undefined) throw new Error(`There is no form: ${wordsOf(page)}`);
  const form = new URLSearchParams({ token });
  for (const [, value, state, text] of page.matchAll(
    /<input type="radio" name="organisation" value="(\d+)" (\w+)>\s*<span>([^<]*)/g,
  )) {
    if (text!.replaceAll('&amp;', '&').startsWith(name) && state !== 'disabled') {
      form.set('organisation', value!);
    }
  }
  return form;
}

/** Text that looks like one of our tokens and is none. */
export const guessed = (): string =>
  Buffer.from(randomUUID() + randomUUID())
    .toString('base64url')
    .slice(0, 43);

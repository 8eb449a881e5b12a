import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Debian's, or the one that CHROMIUM names. */
const PATH = process.env.CHROMIUM || '/usr/bin/chromium';

/**
 * Whether there is a browser to test with. A machine without one leaves such tests out and says so; CI has one, or
 * fails: what nobody looked at must not pass for what was found in order.
 */
export function hasChromium(): boolean {
  if (existsSync(PATH)) return true;
  const missing = `No browser at ${PATH}: install chromium, or name one in CHROMIUM`;
  if (process.env.CI === 'true') throw new Error(missing);
  console.warn(`${missing}. The tests in a browser are left out.`);
  return false;
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: ['--no-sandbox', '--disable-gpu'] });
}

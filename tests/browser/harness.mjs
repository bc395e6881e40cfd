// What a browser test starts from: a demo, a browser, a page that is watched, the checks, a signed-in person.

import { require, switchScripts, watch } from './checks.mjs';

export { checkPage, picture } from './checks.mjs';
export { startDemo } from './demo.mjs';

const { chromium } = require('playwright-core');

/**
 * Debian's own browser, as it is installed for everyone.
 *
 * @param {string[]} more further switches, such as those for a microphone that is made up
 */
export async function launchBrowser(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Root has no sandbox; the pages are our own. It asks nobody but the server under test.
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/**
 * A page of its own: fresh cookies, watched from its first request.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ lang?: string, width?: number, height?: number, scripts?: boolean, zone?: string, colorScheme?: 'light' | 'dark' }} options
 *   `lang` is what the browser asks for; `zone` is the IANA zone the person sits in
 */
export async function openPage(browser, { lang = 'en', width = 1280, height = 800, scripts = true, zone, colorScheme } = {}) {
  const context = await browser.newContext({
    locale: lang,
    timezoneId: zone,
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  watch(page);
  if (!scripts) await switchScripts(page, false);
  return page;
}

/** A made-up microphone that beeps, and nobody who has to allow it. */
export const MICROPHONE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/**
 * Lets a test listen to the connections of a page, which keeps them to itself. Nothing is taken out of what the microphone
 * hears: a beep would be taken for an echo or for noise.
 *
 * @param {import('playwright-core').Page} page before it is opened
 */
export async function overhear(page) {
  await page.addInitScript(() => {
    window.connections = [];
    const Connection = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
      constructor(...args) {
        super(...args);
        window.connections.push(this);
      }
    };
    const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    if (ask) navigator.mediaDevices.getUserMedia = () => ask({ audio });
  });
}

/**
 * How loud everything was that an overheard page has heard, and how many packets came and went.
 *
 * @param {import('playwright-core').Page} page
 */
export const heard = (page) =>
  page.evaluate(async () => {
    const all = { energy: 0, received: 0, sent: 0 };
    for (const connection of window.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp') {
          all.energy += report.totalAudioEnergy;
          all.received += report.packetsReceived;
        }
        if (report.type === 'outbound-rtp') all.sent += report.packetsSent;
      }
    }
    return all;
  });

/**
 * Signs a member of staff in through the form that everyone uses. The fields are found by what they are for
 * (autocomplete), which holds in every language.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} url of the server
 * @param {{ name: string, password: string }} who
 * @param {string} path of the sign-in page
 */
export async function signIn(page, url, { name, password }, path = '/staff/sign-in') {
  await page.goto(url + path);
  const secret = page.locator('input[autocomplete="current-password"]');
  await page.locator('input[autocomplete="username"]').fill(name);
  await secret.fill(password);
  await page.locator('form', { has: secret }).locator('button[type="submit"], button:not([type])').click();
  await page.waitForLoadState();
  if ((await secret.count()) > 0) throw new Error(`${name} could not sign in at ${page.url()}`);
}

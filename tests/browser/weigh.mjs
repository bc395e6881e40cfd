// What opening a page costs somebody with a slow telephone.

import { openPage } from './harness.mjs';

/** A telephone on a slow 4G connection, as Lighthouse has it: each request takes 150 ms longer, and the processor a quarter of itself. */
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SLOWER = 4;

/**
 * Opens a page as somebody who has nothing of it yet, and says what came and how soon: bytes as they came over the line, and
 * milliseconds. `shift` is the sum of all shifts of the layout, as the browser counts them.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
export async function weighed(browser, url) {
  const page = await openPage(browser, { width: 360 });
  const cdp = await page.context().newCDPSession(page);
  const came = { bytes: 0, requests: 0 };
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { came.bytes += encodedDataLength; came.requests += 1; });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', SLOW);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(() => {
    window.told = { largest: 0, shift: 0, blocked: 0 };
    const watch = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => { window.told.largest = entry.startTime; });
    watch('layout-shift', (entry) => { window.told.shift += entry.value; });
    watch('longtask', (entry) => { window.told.blocked += Math.max(0, entry.duration - 50); });
  });
  await page.goto(url, { waitUntil: 'load' });
  // What comes after it has loaded belongs to it: a shift, a late picture.
  await page.waitForTimeout(1_000);
  const told = await page.evaluate(() => {
    const [way] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    return { ...window.told, paint, interactive: way.domInteractive, document: way.encodedBodySize };
  });
  await page.context().close();
  return { ...came, ...told };
}

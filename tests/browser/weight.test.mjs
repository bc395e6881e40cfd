// A person's first pages are light, and nothing in them moves while they come.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { pathPrinted } from './demo.mjs';
import { launchBrowser, startDemo } from './harness.mjs';
import { weighed } from './weigh.mjs';

/** Of all that the first page needs, in bytes as they come over the line. */
const MOST = 100_000;

let browser;
let demo;

before(async () => {
  demo = await startDemo();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const path of ['/en', '/es', '/en/status', '/en/request', '/go/']) {
  test(`${path} is light and does not move`, async () => {
    // Somebody's own page by the link that they were sent.
    const { bytes, shift } = await weighed(browser, demo.url + (path === '/go/' ? pathPrinted(demo, path) : path));
    assert.ok(bytes > 5_000 && bytes < MOST, `${bytes} bytes`);
    assert.equal(shift, 0);
  });
}

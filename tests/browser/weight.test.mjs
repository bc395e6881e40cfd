// A person's first pages are light, and nothing in them moves while they come.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

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

for (const path of ['/en', '/es', '/en/status', '/en/request']) {
  test(`${path} is light and does not move`, async () => {
    const { bytes, shift } = await weighed(browser, demo.url + path);
    assert.ok(bytes > 5_000 && bytes < MOST, `${bytes} bytes`);
    assert.equal(shift, 0);
  });
}

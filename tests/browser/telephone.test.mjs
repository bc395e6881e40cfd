// A visitor calls the line from the page: with a real browser, a made-up microphone, and real sound both ways.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MICROPHONE, checkPage, heard, launchBrowser, openPage, overhear, startDemo } from './harness.mjs';

let browser;
let demo;

before(async () => {
  // On a working morning, when operators answer.
  const args = ['--sip', 'off', '--at', '2026-11-23T10:00:00-05:00'];
  [demo, browser] = await Promise.all([startDemo({ args }), launchBrowser(MICROPHONE)]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const lang of ['en', 'es']) {
  test(`a visitor hears the line and is understood (${lang})`, async () => {
    const page = await openPage(browser, { lang, width: 320 });
    await overhear(page);
    await page.goto(`${demo.url}/${lang}/call`);
    await checkPage(page, `call-${lang}-before`, { lang });
    await page.locator('#dial').click();
    await page.locator('[data-when="line"]').waitFor({ state: 'visible' });
    await page.waitForTimeout(4_000);
    const first = await heard(page);
    assert.ok(first.energy > 0.001 && first.received > 100, `the line speaks: ${JSON.stringify(first)}`);
    assert.ok(first.sent > 100, 'and could hear the visitor');
    // The page's language was taken for the caller's: main menu, how to ask online, goodbye.
    await page.locator('[data-key="4"]').click();
    await page.waitForTimeout(2_000);
    await checkPage(page, `call-${lang}`, { lang });
    await page.locator('[data-key="2"]').click();
    await page.locator('[data-when="over"]').waitFor({ state: 'visible', timeout: 60_000 });
    await page.context().close();
  });
}

// Pages in a language that runs from right to left: a made-up one, until there is a real one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { SAMPLE as LANG } from './checks.mjs';
import { pathPrinted } from './demo.mjs';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const { people, pages } = JSON.parse(await readFile(new URL('./screens.json', import.meta.url), 'utf8'));

let browser;
let demo;

before(async () => {
  demo = await startDemo({ args: ['--mirrored'] });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const { name, path: given, printed, as, follow = [], colorScheme } of pages) {
  test(`${name} runs from right to left`, async () => {
    const page = await openPage(browser, { lang: 'en', colorScheme });
    if (as) await signIn(page, demo.url, people[as], `/${LANG}/staff/sign-in`);
    await page.goto(demo.url + (given ?? pathPrinted(demo, printed)).replace('{lang}', LANG));
    // A link that was sent opens in the language of whoever it was sent to.
    if (printed) await page.goto(page.url().replace(/\/(en|es)\//, `/${LANG}/`));
    for (const selector of follow) {
      await page.locator(selector).first().click();
      await page.waitForLoadState();
    }
    await checkPage(page, `right-to-left-${name}`, { lang: LANG });
    await page.context().close();
  });
}

test('the reader changes to it and back', async () => {
  const page = await openPage(browser, { lang: 'en' });
  await page.goto(`${demo.url}/en/status`);
  await page.locator(`a[hreflang="${LANG}"]`).first().click();
  await page.waitForURL(`**/${LANG}/status`);
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  await page.locator('a[hreflang="en"]').first().click();
  await page.waitForURL('**/en/status');
  assert.equal(await page.locator('html').getAttribute('dir'), 'ltr');
  await page.context().close();
});

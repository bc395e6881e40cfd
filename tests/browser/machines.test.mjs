// Far more requests than usual: the browser works before one is taken and goes on by itself; without scripts its reader waits.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, startDemo } from './harness.mjs';
import { ask, send } from './people.mjs';

let browser;
let demo;

before(async () => {
  demo = await startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00', '--calm', '1'] });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const person = (n) => ({ given: `Person${n}`, family: 'Invented', email: `person-${n}@example.org` });

test('in a rush the browser works, and nobody loses what was typed', async () => {
  const asked = [];
  for (const n of [1, 2, 3]) {
    const page = await openPage(browser, { width: 320 });
    const pages = [];
    page.on('response', (answer) => {
      if (answer.request().method() === 'POST' && answer.url().endsWith('/request/check')) pages.push(answer.status());
    });
    assert.match(await ask(page, demo.url, 'en', person(n)), /^\d{8}$/);
    asked.push(pages.join());
    await page.context().close();
  }
  assert.deepEqual(asked, ['303', '303', '429,303'], 'the third is looked at first');
});

test('without scripts one waits', async () => {
  for (const lang of ['en', 'es']) {
    const page = await openPage(browser, { lang, width: 320, scripts: false });
    await page.goto(`${demo.url}/${lang}/request`);
    await send(page);
    await assert.rejects(ask(page, demo.url, lang, person(lang === 'en' ? 4 : 5)), /received/);
    await checkPage(page, `request-work-${lang}`, { lang, status: 429 });
    assert.equal(await page.locator('[data-waits] button').isVisible(), true);
    await page.context().close();
  }
});

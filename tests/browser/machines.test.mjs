// Far more requests than usual: the browser works before one is taken and goes on by itself; without scripts its reader waits.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, startDemo } from './harness.mjs';
import { press, send } from './people.mjs';

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

/** A page that asks whether everything is right, of a request that was filled in without looking at its pages. */
async function filledIn(n, options) {
  const page = await openPage(browser, options);
  const { lang } = options;
  const answers = [
    ['zip', 'zip=90012'], ['reason', 'reason=other'], ['first', ''], ['ask/letter_asks_visit', 'ask_letter_asks_visit=no'],
    ['ask/asked_before', 'ask_asked_before=no'], ['ask/cannot_wait', 'ask_cannot_wait=no'], ['words', 'words=My+card+never+came.'],
    ['papers', ''], ['times', ''], ['you', `given=Person${n}&family=Invented&born_month=2&born_day=3&born_year=1980`],
    ['reach', `phone=2135550167&email=person-${n}%40example.org&lang=${lang}`], ['call', 'phrase=blue+river'], ['help', ''],
    ['behalf', 'behalf=no'],
  ];
  for (const [step, data] of [['', ''], ...answers]) {
    const to = `${demo.url}/${lang}/request${step && `/${step}`}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: demo.url };
    const answer = await page.request.post(to, { data, headers, maxRedirects: 0 });
    assert.equal(answer.status(), 303, `${step}: ${await answer.text()}`);
  }
  await page.goto(`${demo.url}/${lang}/request/check`);
  return page;
}

test('in a rush the browser works and goes on by itself; without scripts one waits', async () => {
  for (const n of [1, 2]) {
    const page = await filledIn(n, { lang: 'en', width: 320 });
    await send(page);
    assert.match(page.url(), /\/received$/, 'as ever');
    await page.context().close();
  }
  for (const [n, lang] of [[3, 'en'], [4, 'es']]) {
    const page = await filledIn(n, { lang, width: 320 });
    const asked = page.waitForResponse((answer) => answer.status() === 429);
    await page.locator('main form[action$="/check"] button').last().click();
    assert.match((await asked).url(), /\/request\/check$/);
    await page.waitForURL(/\/received$/);
    await page.context().close();

    const still = await filledIn(n + 10, { lang, width: 320, scripts: false });
    await press(still, still.locator('main form[action$="/check"] button').last());
    await checkPage(still, `request-work-${lang}`, { lang, status: 429 });
    assert.equal(await still.locator('[data-waits] button').isVisible(), true);
    await still.context().close();
  }
});

// What the agency says, edited at the desk: the list, a text that is begun, one with a fault, and what it would change.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;

before(async () => {
  demo = await startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const EXTRA = `
[[holiday]]
name = { en = "Day of the move", es = "Día de la mudanza" }
from_year = 2026
until_year = 2026
rule = { kind = "fixed", month = 12, day = 9, observed = "same-day" }
`;

test('a text is begun, mended at its fault, and what it would change is shown before it is proposed', async () => {
  for (const lang of ['en', 'es']) {
    const page = await openPage(browser, { lang, width: 1280 });
    await signIn(page, demo.url, { name: 'analyst', password: PASSWORD }, `/${lang}/staff/sign-in`);
    await page.goto(`${demo.url}/${lang}/staff/texts`);
    await checkPage(page, `staff-texts-${lang}`, { lang });
    await page.locator('main a[href*="/staff/texts/holidays/"]').first().click();
    await page.waitForURL(/texts\/holidays\//);
    await checkPage(page, `staff-texts-version-${lang}`, { lang });

    await page.goto(`${demo.url}/${lang}/staff/texts`);
    await page.locator('main form[action$="/texts/holidays/draft"] button').click();
    await page.waitForURL(/\/staff\/text\/[^/]+$/);
    const draft = page.url();
    await checkPage(page, `staff-texts-draft-${lang}`, { lang });

    await page.goto(`${draft}/text`);
    await checkPage(page, `staff-texts-text-${lang}`, { lang });
    const text = await page.inputValue('#text');
    for (const [name, says] of [['fault', `${text}\n[[holiday]]\nnam = 1\n`], ['changed', text + EXTRA]]) {
      await page.goto(`${draft}/text`);
      await page.fill('#text', says);
      await page.locator('main form[action$="/text"] button[type="submit"]').click();
      await page.waitForURL(draft);
      await checkPage(page, `staff-texts-${name}-${lang}`, { lang });
      const main = await page.locator('main').innerText();
      if (name === 'fault') assert.match(main, /nam/);
      else assert.match(main, lang === 'en' ? /December 9/ : /9 de diciembre/);
    }
    await page.context().close();
  }
});

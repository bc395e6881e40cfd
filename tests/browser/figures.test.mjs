// Figures that people look at: the public page, the indicators with their definitions, the wallboard, and the call display of a hall
// whose bell rings when a clerk calls.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;

before(async () => {
  [demo, browser] = await Promise.all([
    startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] }),
    launchBrowser(['--autoplay-policy=user-gesture-required']),
  ]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A page on which somebody of the demo is signed in. */
async function at(name, lang = 'en') {
  const page = await openPage(browser, { lang });
  await signIn(page, demo.url, { name, password: PASSWORD }, `/${lang}/staff/sign-in`);
  return page;
}

test('everybody reads how well promises are kept', async () => {
  for (const lang of ['en', 'es']) {
    const page = await openPage(browser, { lang });
    await page.goto(`${demo.url}/${lang}`);
    await page.locator(`a[href="/${lang}/statistics"]`).click();
    await page.locator('#by-office').waitFor();
    await checkPage(page, `statistics-${lang}`, { lang });
    await page.context().close();
  }
});

test('a definition is shown to pointer and keyboard, and goes away by Escape', async () => {
  for (const lang of ['en', 'es']) {
    const page = await at('supervisor', lang);
    await page.goto(`${demo.url}/${lang}/staff/indicators`);
    const term = page.locator('.desk-term').nth(2);
    const tip = term.locator('[role="tooltip"]');
    assert.equal(await tip.isVisible(), false);
    await term.locator('a').hover();
    assert.equal(await tip.isVisible(), true, 'to the pointer');
    await tip.hover();
    assert.equal(await tip.isVisible(), true, 'and while the pointer is on it');
    await page.mouse.move(0, 0);
    assert.equal(await tip.isVisible(), false);
    await term.locator('a').focus();
    assert.equal(await tip.isVisible(), true, 'to the keyboard');
    await checkPage(page, `indicators-tip-${lang}`, { lang });
    await page.keyboard.press('Escape');
    assert.equal(await tip.isVisible(), false, 'Escape');
    await page.goto(`${demo.url}/${lang}/staff/indicators?by=office`);
    await checkPage(page, `indicators-office-${lang}`, { lang });
    await page.context().close();
  }
});

test('the wallboard fits its screen, and each figure opens', async () => {
  for (const lang of ['en', 'es']) {
    const page = await at('supervisor', lang);
    await page.goto(`${demo.url}/${lang}/staff/wallboard`);
    assert.equal(await page.locator('.wall-tile').count(), 8);
    await checkPage(page, `wallboard-${lang}`, { lang });
    for (const by of ['queue', 'lang']) {
      await page.goto(`${demo.url}/${lang}/staff/wallboard?by=${by}`);
      assert.equal(await page.locator('.wall-parts tbody tr').count(), 2);
      await checkPage(page, `wallboard-by-${by}-${lang}`, { lang });
    }
    await page.goto(`${demo.url}/${lang}/staff/wallboard`);
    await page.setViewportSize({ width: 1920, height: 1080 });
    const size = await page.locator('.wall-value').first().evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    assert.ok(size >= 90, `${size} px high figures are read from three metres`);
    for (const figure of ['waiting', 'longest', 'estimate', 'right', 'due', 'overdue', 'kept', 'operators']) {
      await page.goto(`${demo.url}/${lang}/staff/wallboard/${figure}`);
      await checkPage(page, `wallboard-${figure}-${lang}`, { lang });
    }
    await page.context().close();
  }
});

test('the hall hears whom a clerk calls', async () => {
  const clerk = await at('clerk');
  await clerk.goto(`${demo.url}/en/staff/day`);
  await clerk.locator('input[name="counter"]').fill('7');
  await clerk.locator('form[action$="/counter"] button').click();
  const hall = await at('clerk');
  await hall.goto(await clerk.locator('a[href$="/display"]').evaluate((link) => link.href));
  await checkPage(hall, 'hall');
  const rang = () => hall.evaluate(() => Number(document.documentElement.dataset.rang ?? 0));
  await hall.locator('#hall-sound').click();
  assert.equal(await rang(), 1, 'it rings once for whoever turns it on');
  if ((await clerk.locator('form[action$="/call"] button').count()) === 0) {
    await clerk.locator('#board form[action$="/check-in"] button').first().click();
    await clerk.locator('[role="status"]').waitFor();
  }
  await clerk.locator('form[action$="/call"] button').first().click();
  await clerk.locator('[role="status"]').waitFor();
  const called = hall.locator('.hall-calls li').first();
  await called.getByText('7', { exact: false }).first().waitFor();
  await hall.waitForFunction(() => document.documentElement.dataset.rang === '2');
  await checkPage(hall, 'hall-called');
  // Nobody came: the same ticket again, and the bell.
  await clerk.getByRole('button', { name: 'Call again' }).first().click();
  await hall.waitForFunction(() => document.documentElement.dataset.rang === '3');
});

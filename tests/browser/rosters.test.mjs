// A supervisor plans an officer's week and a day of leave, sees first which promised calls that takes from them, and the calls go to
// whoever is on duty; nothing is done without having been seen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { press } from './people.mjs';

const PASSWORD = 'open-the-anteroom';
/** The day before Thanksgiving: an ordinary day of the line. */
const LEAVE = '2026-11-25';

let browser;
let demo;

before(async () => {
  [demo, browser] = await Promise.all([
    startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] }),
    launchBrowser(),
  ]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Previews what stands in the form, and plans it; returns how many calls it takes from them. */
async function plan(page, name) {
  await press(page, page.locator('form.desk-roster button[type="submit"]').first());
  await checkPage(page, `${name}-preview`);
  const calls = await page.locator('table[aria-labelledby="left-caption"] tbody tr, #left tbody tr').count();
  const because = page.locator('textarea[name="because"]');
  if ((await because.count()) > 0) {
    // Without the reason it is not done, and says so.
    await press(page, page.locator('main form button[type="submit"]'));
    await checkPage(page, `${name}-no-reason`, { status: 422 });
    await because.fill('Leave that was agreed.');
  }
  await press(page, page.locator('main form button[type="submit"]'));
  await page.locator('.usa-alert--success').waitFor();
  await checkPage(page, `${name}-planned`);
  return calls;
}

test('a week and a leave are planned, and promised calls go to others', async () => {
  const page = await openPage(browser, { lang: 'en' });
  await signIn(page, demo.url, { name: 'supervisor', password: PASSWORD }, '/en/staff/sign-in');
  await page.goto(`${demo.url}/en/staff/rosters`);
  await checkPage(page, 'rosters');
  const officer = page.locator('main table a', { hasText: 'Grace Okafor' });
  await press(page, officer);
  await checkPage(page, 'roster');
  for (const day of ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']) {
    await page.fill(`[name="${day}"]`, '00:00-24:00');
  }
  // What cannot be read is told at its field, and nothing is done.
  await page.fill('[name="saturday"]', 'from nine');
  await press(page, page.locator('form.desk-roster button[type="submit"]').first());
  await checkPage(page, 'roster-fault', { status: 422 });
  assert.equal(await page.locator('[name="saturday"]').getAttribute('aria-invalid'), 'true');
  await page.fill('[name="saturday"]', '');
  await plan(page, 'roster-week');

  await page.fill('[name="first"]', LEAVE);
  await plan(page, 'roster-leave');
  assert.equal(await page.locator('[name="keep"]').count(), 1, 'the day of leave is planned');

  // The list says it in the other language as well.
  await page.goto(`${demo.url}/es/staff/rosters`);
  await checkPage(page, 'rosters-planned', { lang: 'es' });
  assert.match(await page.locator('main table tr', { hasText: 'Grace Okafor' }).textContent(), /0:00/);
  await page.context().close();
});

test('whoever may not plan is told nothing of rosters', async () => {
  const page = await openPage(browser, { lang: 'en' });
  await signIn(page, demo.url, { name: 'operator', password: PASSWORD }, '/en/staff/sign-in');
  const answer = await page.goto(`${demo.url}/en/staff/rosters`);
  assert.equal(answer.status(), 404);
  await page.context().close();
});

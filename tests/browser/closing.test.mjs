// An office closes a day: a manager sees who is affected before anything happens, closes it, and watches everybody being moved;
// one of them reads why, keeps the new time without scripts, and the manager's page says so.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';

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

/** The link in the first message to somebody whose day was closed, in English, once there is one. */
async function link() {
  const folder = join(demo.data, 'mail');
  for (let tries = 0; ; tries += 1) {
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.eml'))) {
      const text = readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
      const found = /The building has no power\./.test(text) && /\/go\/([\w.-]+)/.exec(text);
      if (found) return found[1];
    }
    assert.ok(tries < 100, 'nobody was told by e-mail');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('a manager closes a day, and nobody is lost', async () => {
  const manager = await openPage(browser, { lang: 'en' });
  await signIn(manager, demo.url, { name: 'manager', password: PASSWORD }, '/en/staff/sign-in');
  await manager.goto(`${demo.url}/en/staff/closings`);
  await checkPage(manager, 'closings');
  // The next day on which there are visits.
  let date = '';
  for (const day of ['2026-11-25', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02']) {
    await manager.goto(`${demo.url}/en/staff/office/LOS/day/${day}`);
    if ((await manager.locator('.desk-visit--expected').count()) > 0) {
      date = day;
      break;
    }
  }
  assert.ok(date, 'the demo has visits ahead');
  const expected = await manager.locator('.desk-visit--expected').count();
  await manager.goto(`${demo.url}/en/staff/closings`);
  await manager.locator('#date').fill(date);
  await manager.locator('#why-en').fill('The building has no power.');
  await manager.locator('main form button[type="submit"]').last().click();
  await manager.locator('#why-es-error').waitFor();
  await checkPage(manager, 'closing-refused', { status: 422 });
  await manager.locator('#why-es').fill('El edificio no tiene electricidad.');
  await manager.locator('main form button[type="submit"]').last().click();
  await manager.locator('form[action$="/close"]').waitFor();
  assert.equal(await manager.locator('tbody tr').count(), expected, 'everybody expected is affected');
  await checkPage(manager, 'closing-plan');

  await manager.locator('form[action$="/close"] button').click();
  // Live: nobody loads the page again.
  await manager.getByText('Everybody has been moved and told.').waitFor({ timeout: 60_000 });
  assert.equal(await manager.locator('tbody tr').count(), expected, 'and nobody is lost');
  await checkPage(manager, 'closing-closed');

  const person = await openPage(browser, { lang: 'en', width: 320, scripts: false });
  await person.goto(`${demo.url}/go/${await link()}`);
  await person.getByText('The building has no power.').first().waitFor();
  await checkPage(person, 'inquiry-day-closed');
  await person.locator('form[action$="/visit/keep"] button').click();
  await person.getByText('You keep the new time. It is yours.').waitFor();
  await checkPage(person, 'inquiry-day-kept');

  await manager.locator('tbody').getByText('Keeps the new place').waitFor();
  await manager.locator('form[action$="/undo"] button').click();
  await manager.getByText('The office takes visits in this time again.').waitFor({ timeout: 60_000 });
  assert.equal(await manager.locator('tbody').getByText('Keeps the new place').count(), 1, 'who has chosen stays');
});

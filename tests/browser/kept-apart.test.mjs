// Who is kept from an inquiry: an officer says that it is a relative's, and it is gone for them; somebody is protected, and gone for
// whoever has not the right. And whoever got a message asks whether it was ours. Each page passes every check in both languages.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { choose, press } from './people.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;

before(async () => {
  [demo, browser] = await Promise.all([startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] }), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function seat(name, lang) {
  const page = await openPage(browser, { lang });
  await signIn(page, demo.url, { name, password: PASSWORD }, `/${lang}/staff/sign-in`);
  return page;
}

/** Opens a folded part of the page. */
async function unfold(page, id) {
  const folded = page.locator(`#${id}:not([open]) > summary`);
  if ((await folded.count()) > 0) await folded.click();
}

/** The page of the inquiry at this place of the review list, with what is folded opened. */
async function matter(page, lang, n) {
  await page.goto(`${demo.url}/${lang}/staff/review`);
  const to = await page.locator('main tbody a[href*="/staff/inquiry/"]').nth(n).getAttribute('href');
  await page.goto(new URL(to, demo.url).href.replace(/#.*$/, ''));
  for (const id of ['apart', 'protect']) await unfold(page, id);
  return page.url().replace(/[?#].*$/, '');
}

for (const [lang, first] of [['en', 0], ['es', 4]]) {
  test(`what is too near or protected is gone for whom it is kept from (${lang})`, async () => {
    const officer = await seat('officer', lang);
    const own = await matter(officer, lang, first);
    await checkPage(officer, `matter-apart-${lang}`, { lang });
    await press(officer, officer.locator('form[action$="/apart"] button').nth(1));
    // The page that is left may ask for what is new once more, and is told already that there is nothing.
    await checkPage(officer, `apart-${lang}`, { lang, tolerate: [404] });
    assert.equal((await officer.goto(own)).status(), 404, 'to them it does not exist');
    await officer.context().close();

    const supervisor = await seat('supervisor', lang);
    await supervisor.goto(own);
    await supervisor.getByText('Grace Okafor').first().waitFor();
    await checkPage(supervisor, `matter-conflict-${lang}`, { lang });
    const other = await matter(supervisor, lang, first + 1);
    await press(supervisor, supervisor.locator('form[action$="/protect"] button[type="submit"]'));
    await checkPage(supervisor, `protect-refused-${lang}`, { lang, status: 422 });
    await unfold(supervisor, 'protect');
    const form = supervisor.locator('form[action$="/protect"]');
    await form.locator('select[name="class"]').selectOption({ index: 1 });
    await choose(supervisor, await form.locator('input[name="safe"]').first().getAttribute('id'));
    await press(supervisor, form.locator('button[type="submit"]'));
    // As above: what the page that is left asks once more is gone.
    await checkPage(supervisor, `protected-${lang}`, { lang, tolerate: [404] });
    assert.equal((await supervisor.goto(other)).status(), 404, 'without the right there is no such inquiry');
    await supervisor.context().close();
  });

  test(`whoever got a message asks whether it was ours (${lang})`, async () => {
    const folder = join(demo.data, 'mail');
    const said = readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, ''))
      .map((text) => /type the code ([0-9A-Z]{7})/.exec(text)?.[1])
      .find(Boolean);
    assert.ok(said, 'a message of the demo has its code');
    const person = await openPage(browser, { lang, width: 320, scripts: false });
    await person.goto(`${demo.url}/${lang}/our-calls`);
    await checkPage(person, `our-calls-${lang}`, { lang });
    const ask = async (code) => {
      await person.locator('[name="code"]').fill(code);
      await press(person, person.locator('form[action$="/our-calls"] button[type="submit"]'));
    };
    await ask('nonsense');
    await checkPage(person, `our-calls-wrong-${lang}`, { lang, status: 422 });
    await ask(said);
    assert.ok((await person.locator('main').innerText()).includes(said));
    await checkPage(person, `our-calls-known-${lang}`, { lang });
    await person.context().close();
  });
}

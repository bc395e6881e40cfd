// What people do on the pages, as they do it: the forms that more than one test fills in.

import assert from 'node:assert/strict';
import { checkPage } from './harness.mjs';

/** The demo's present, in milliseconds. */
export const present = async (page) => Date.parse(await page.locator('.demo time').getAttribute('datetime'));

/** Presses a button that leads to another page, and waits until that page is there. */
export async function press(page, button) {
  const loaded = page.waitForEvent('load');
  await button.click();
  await loaded;
}

/** Puts the demo's clock forward to an instant in milliseconds, by the form everyone uses. */
export async function until(page, url, lang, instant) {
  await page.goto(`${url}/${lang}`);
  for (let minutes = (instant - (await present(page))) / 60_000; minutes >= 1; ) {
    const button = page.locator('.demo button').first();
    await button.evaluate((b, m) => { b.value = String(m); }, Math.min(Math.floor(minutes), 7 * 1440));
    await press(page, button);
    minutes = (instant - (await present(page))) / 60_000;
  }
}

/**
 * Counts from now on what somebody does: the pages they come to, how often they press the pointer, and what they type, in
 * characters.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<{ pages: number, presses: number, typed: number, toString: () => string }>>} what was counted,
 *   which says itself in words
 */
export async function counting(page) {
  const count = () => {
    const add = (name, n) => { sessionStorage[name] = Number(sessionStorage[name] ?? 0) + n; };
    if (window.counted) return;
    window.counted = true;
    add('pages', 1);
    addEventListener('pointerdown', () => add('presses', 1), true);
    // A field that is filled in at once says so when it is left or sent.
    const typed = ({ target }) => {
      if (target.matches('textarea, input:not([type="radio"], [type="checkbox"], [type="hidden"])')) add('typed', target.value.length);
    };
    addEventListener('change', typed, true);
  };
  await page.addInitScript(count);
  await page.evaluate(() => sessionStorage.clear());
  await page.evaluate(count);
  return async () => {
    const { pages = 0, presses = 0, typed = 0 } = await page.evaluate(() => ({ ...sessionStorage }));
    const toString = () => `${pages} pages, ${presses} presses, ${typed} characters`;
    return { pages: Number(pages), presses: Number(presses), typed: Number(typed), toString };
  };
}

/** USWDS draws its own circles and boxes: people click the label. */
export const choose = (page, id) => page.locator(`label[for="${id}"]`).click();

export async function send(page) {
  await press(page, page.locator('main form button[type="submit"]').last());
}

/** Opens one of the acts on an inquiry, if it is folded up, and gives its form. */
export async function act(page, name) {
  const form = page.locator(`form[action$="/${name}"]`);
  assert.equal(await form.count(), 1, `no way to ${name} here: ${await page.locator('main').innerText()}`);
  await page.locator('details', { has: form }).evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  return form;
}

export async function submit(page, form) {
  await press(page, form.locator('button[type="submit"]').last());
}

/** What the person will read is shown before it is sent: looks at it, and sends it. */
export async function submitAndSend(page, form, name, lang) {
  await submit(page, form);
  await checkPage(page, `staff-preview-${name}-${lang}`, { lang });
  await press(page, page.locator('main button[type="submit"][accesskey="s"]'));
}

/**
 * Fills in the request, checking every page of it; returns the inquiry number. Whoever is `swift` makes no mistake on the way and
 * looks at nothing.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} url of the server
 * @param {string} lang
 * @param {{ given: string, family: string, email: string, swift?: boolean }} who
 */
export async function ask(page, url, lang, who) {
  const check = async (name) => {
    if (!who.swift) await checkPage(page, `request-${name}-${lang}`, { lang });
  };
  await page.goto(`${url}/${lang}`);
  await check('start');
  await page.goto(`${url}/${lang}/request`);
  await check('begin');
  await send(page);

  if (!who.swift) {
    // What is wrong is said above, with a link to the field, and nothing typed is lost.
    await page.fill('[name="zip"]', '9001');
    await send(page);
    await checkPage(page, `request-zip-wrong-${lang}`, { lang, status: 422 });
    assert.equal(await page.inputValue('[name="zip"]'), '9001');
    assert.equal(await page.locator('.usa-alert--error a[href="#zip"]').count(), 1, 'the summary links to the field');
  }
  await page.fill('[name="zip"]', '90012');
  await send(page);
  await check('reason');
  await choose(page, await page.locator('[name="reason"][value="immigration-judge-grant"]').getAttribute('id'));
  await send(page);

  for (;;) {
    const step = new URL(page.url()).pathname.split('/').pop();
    await check(step);
    const fill = async (name, value) => page.locator(`[name="${name}"]`).fill(value);
    if (step === 'check') break;
    if (step === 'judge_granted') {
      await page.locator('[name="ask_judge_granted_month"]').selectOption({ index: 10 });
      await fill('ask_judge_granted_day', '2');
      await fill('ask_judge_granted_year', '2026');
    } else if (step === 'appeal_open' || step === 'cannot_wait') {
      await choose(page, await page.locator(`[name="ask_${step}"][value="no"]`).getAttribute('id'));
    } else if (step === 'words') {
      await fill('words', 'The judge granted my case. I need proof of my status.');
    } else if (step === 'papers') {
      for (const box of await page.locator('[name="papers"]').all()) await choose(page, await box.getAttribute('id'));
    } else if (step === 'you') {
      await fill('given', who.given);
      await fill('family', who.family);
      await page.locator('[name="born_month"]').selectOption({ index: 5 });
      await fill('born_day', '17');
      await fill('born_year', '1980');
    } else if (step === 'reach') {
      await fill('phone', '(213) 555-0167');
      await fill('email', who.email);
    } else if (step === 'call') {
      await fill('phrase', 'blue river');
    } else if (step === 'behalf') {
      await choose(page, await page.locator('[name="behalf"][value="no"]').getAttribute('id'));
    }
    const before = page.url();
    await send(page);
    assert.notEqual(page.url(), before, `${step} was not accepted: ${await page.locator('main').innerText()}`);
  }
  await send(page);
  await check('received');
  return /\b(\d{4}) (\d{4})\b/.exec(await page.locator('main').innerText()).slice(1).join('');
}

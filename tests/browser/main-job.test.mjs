// The main job, as its people do it: asked for in a browser, reviewed, called back about, booked, announced by a
// real e-mail, kept at the counter. In English, and in Spanish with scripts off for the person. Every page on the
// way passes every check at 320 and 1280 px.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { startMailServer } from './mail.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;
let mail;

before(async () => {
  mail = await startMailServer();
  demo = await startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00', '--smtp', mail.address] });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await mail?.stop();
});

/** The demo's present, in milliseconds. */
const present = async (page) => Date.parse(await page.locator('.demo time').getAttribute('datetime'));

/** Presses a button that leads to another page, and waits until that page is there. */
async function press(page, button) {
  const loaded = page.waitForEvent('load');
  await button.click();
  await loaded;
}

/** Puts the demo's clock forward to an instant in milliseconds, by the form everyone uses. */
async function until(page, lang, instant) {
  await page.goto(`${demo.url}/${lang}`);
  for (let minutes = (instant - (await present(page))) / 60_000; minutes >= 1; ) {
    const button = page.locator('.demo button').first();
    await button.evaluate((b, m) => { b.value = String(m); }, Math.min(Math.floor(minutes), 7 * 1440));
    await press(page, button);
    minutes = (instant - (await present(page))) / 60_000;
  }
}

/** USWDS draws its own circles and boxes: people click the label. */
const choose = (page, id) => page.locator(`label[for="${id}"]`).click();

async function send(page) {
  await press(page, page.locator('main form button[type="submit"]').last());
}

/** Opens one of the acts on an inquiry, if it is folded up, and gives its form. */
async function act(page, name) {
  const form = page.locator(`form[action$="/${name}"]`);
  assert.equal(await form.count(), 1, `no way to ${name} here: ${await page.locator('main').innerText()}`);
  await page.locator('details', { has: form }).evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  return form;
}

async function submit(page, form) {
  await press(page, form.locator('button[type="submit"]').last());
}

/** What the person will read is shown before it is sent: looks at it, and sends it. */
async function submitAndSend(page, form, name, lang) {
  await submit(page, form);
  await checkPage(page, `staff-preview-${name}-${lang}`, { lang });
  await press(page, page.locator('main button[type="submit"][accesskey="s"]'));
}

/** Fills in the request, checking every page of it; returns the inquiry number. */
async function ask(page, lang, who) {
  const check = (name) => checkPage(page, `request-${name}-${lang}`, { lang });
  await page.goto(`${demo.url}/${lang}`);
  await check('start');
  await page.goto(`${demo.url}/${lang}/request`);
  await check('begin');
  await send(page);

  // What is wrong is said above, with a link to the field, and nothing typed is lost.
  await page.fill('[name="zip"]', '9001');
  await send(page);
  await checkPage(page, `request-zip-wrong-${lang}`, { lang, status: 422 });
  assert.equal(await page.inputValue('[name="zip"]'), '9001');
  assert.equal(await page.locator('.usa-alert--error a[href="#zip"]').count(), 1, 'the summary links to the field');
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

/** The officer: from the review list to a booked visit; returns when the visit begins. */
async function decide(page, lang, number, person) {
  const matter = `${demo.url}/${lang}/staff/inquiry/${number}`;
  await signIn(page, demo.url, { name: 'officer', password: PASSWORD }, `/${lang}/staff/sign-in`);
  await checkPage(page, `staff-review-${lang}`, { lang });
  await page.goto(matter);
  await checkPage(page, `staff-inquiry-review-${lang}`, { lang });
  const promise = await act(page, 'promise');
  const window = promise.locator('[name="promise-start"]').first();
  const start = Number(await window.inputValue()) / 1000;
  await choose(page, await window.getAttribute('id'));
  await submitAndSend(page, promise, 'promise', lang);
  await checkPage(page, `staff-inquiry-promised-${lang}`, { lang });

  await person.goto(`${demo.url}/${lang}/inquiry/${number}`);
  await checkPage(person, `inquiry-promised-${lang}`, { lang });

  // The clock has passed the session's idle limit: the officer signs in anew, as after lunch.
  await until(page, lang, start + 5 * 60_000);
  await signIn(page, demo.url, { name: 'officer', password: PASSWORD }, `/${lang}/staff/sign-in`);
  await page.goto(`${demo.url}/${lang}/staff/callbacks`);
  await checkPage(page, `staff-callbacks-${lang}`, { lang });
  await page.goto(matter);
  await submit(page, await act(page, 'call'));
  await checkPage(page, `staff-inquiry-calling-${lang}`, { lang });
  await person.goto(`${demo.url}/${lang}/inquiry/${number}`);
  await checkPage(person, `inquiry-calling-${lang}`, { lang });

  const outcome = await act(page, 'outcome');
  await choose(page, await outcome.locator('input[value="reached"]').getAttribute('id'));
  await submit(page, outcome);
  await checkPage(page, `staff-inquiry-spoken-${lang}`, { lang });
  const need = await act(page, 'need');
  await choose(page, await need.locator('[name="need-need"][value="visit"]').getAttribute('id'));
  await need.locator('[name="need-because"]').fill('The order needs a stamp that only the office can give.');
  await submitAndSend(page, need, 'need', lang);
  await checkPage(page, `staff-inquiry-to-book-${lang}`, { lang });

  const book = await act(page, 'book');
  const place = book.locator('input[type="radio"]').first();
  await choose(page, await place.getAttribute('id'));
  await submitAndSend(page, book, 'book', lang);
  await checkPage(page, `staff-inquiry-booked-${lang}`, { lang });
  await person.goto(`${demo.url}/${lang}/inquiry/${number}`);
  await checkPage(person, `inquiry-booked-${lang}`, { lang });
  const file = await person.request.get(new URL(await person.locator('a[href$=".ics"]').getAttribute('href'), demo.url).href);
  const begins = /DTSTART:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(await file.text());
  assert.ok(begins, 'the calendar file says when the visit begins');
  const [, y, mo, d, h, mi] = begins;
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:00Z`);
}

/** The clerk: arrived, called, served. */
async function serve(page, lang, number, visit) {
  await until(page, lang, visit - 10 * 60_000);
  await signIn(page, demo.url, { name: 'clerk', password: PASSWORD }, `/${lang}/staff/sign-in`);
  await checkPage(page, `staff-day-${lang}`, { lang });
  const counter = page.locator('form[action$="/counter"]');
  await counter.locator('[name="counter"]').fill('4');
  await submit(page, counter);
  for (const step of ['check-in', 'call', 'served']) {
    const form = page.locator(`form[action$="/${step}"]`, { has: page.locator(`[name="number"][value="${number}"]`) });
    await submit(page, form);
    await checkPage(page, `staff-day-${step}-${lang}`, { lang });
  }
}

for (const { lang, scripts, who } of [
  { lang: 'en', scripts: true, who: { given: 'Ana', family: 'Example', email: 'ana.example@example.org' } },
  { lang: 'es', scripts: false, who: { given: 'Luz', family: 'Ejemplo', email: 'luz.ejemplo@example.org' } },
]) {
  test(`from request to served, in ${lang}${scripts ? '' : ', without scripts for the person'}`, { timeout: 480_000 }, async () => {
    const person = await openPage(browser, { lang, scripts });
    const officer = await openPage(browser, { lang });
    const clerk = await openPage(browser, { lang });
    const number = await ask(person, lang, who);
    const visit = await decide(officer, lang, number, person);
    await serve(clerk, lang, number, visit);

    await person.goto(`${demo.url}/${lang}/inquiry/${number}`);
    await checkPage(person, `inquiry-served-${lang}`, { lang });

    const letters = await mail.to(who.email, (all) => all.some((m) => m.calendar?.includes('METHOD:REQUEST')));
    assert.ok(letters.length >= 4, `received, promised, decided, booked: ${letters.map((m) => m.subject)}`);
    const invitation = letters.find((m) => m.calendar);
    assert.match(invitation.calendar, /UID:[0-9a-f-]{36}@/);
    assert.match(invitation.calendar, /SEQUENCE:0/);
    assert.ok(invitation.text.includes(`${number.slice(0, 4)} ${number.slice(4)}`), 'the mail names the inquiry');
    const link = /http:\/\/\S+\/go\/\S+/.exec(letters[0].text)[0];
    const stranger = await openPage(browser, { lang });
    const closed = await stranger.goto(`${demo.url}/${lang}/inquiry/${number}`);
    assert.equal(closed.status(), 404, 'a number alone opens nothing');
    await stranger.goto(link);
    assert.ok(stranger.url().endsWith(`/inquiry/${number}`), 'the link in the mail opens the page and leaves the address bar');
    for (const page of [person, officer, clerk, stranger]) await page.context().close();
  });
}

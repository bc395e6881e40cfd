// The main job, as its people do it: asked for in a browser, reviewed, called back about, booked, announced by a
// real e-mail, kept at the counter. In English, and in Spanish with scripts off for the person. Every page on the
// way passes every check at 320 and 1280 px.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { startMailServer } from './mail.mjs';
import { act, ask, choose, submit, submitAndSend, until } from './people.mjs';

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

/** The officer: from the review list to a booked visit; returns when the visit begins. */
async function decide(page, lang, number, person) {
  const matter = `${demo.url}/${lang}/staff/inquiry/${number}`;
  await signIn(page, demo.url, { name: 'officer', password: PASSWORD }, `/${lang}/staff/sign-in`);
  await checkPage(page, `staff-review-${lang}`, { lang });
  await page.goto(`${demo.url}/${lang}/staff/intake?reason=case-question`);
  await checkPage(page, `staff-intake-${lang}`, { lang });
  await page.goto(`${matter}/correct`);
  await checkPage(page, `staff-correct-${lang}`, { lang });
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
  await until(page, demo.url, lang, start + 5 * 60_000);
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
  await until(page, demo.url, lang, visit - 10 * 60_000);
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
    const number = await ask(person, demo.url, lang, who);
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

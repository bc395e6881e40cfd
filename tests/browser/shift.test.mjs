// A whole shift, with everybody at work around the same people: an operator on the telephone, two officers, two clerks, a manager,
// an analyst and a supervisor, each in a browser session of their own. Two want the same callback at the same moment, two the same
// visitor; a policy changes at noon, and the office closes at one. In the evening nobody is lost, and the journal tells it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { watch } from './checks.mjs';
import { MICROPHONE, checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { act, ask, choose, counting, press, submit, submitAndSend, until } from './people.mjs';

const PASSWORD = 'open-the-anteroom';
const LANG = 'en';
/** 09:30 in Los Angeles. */
const MORNING = Date.parse('2026-11-24T09:30:00-08:00');
const at = (hours, minutes = 0) => Date.parse('2026-11-24T00:00:00-08:00') + (hours * 60 + minutes) * 60_000;

let browser;
let demo;

before(async () => {
  [demo, browser] = await Promise.all([
    startDemo({ args: ['--at', new Date(MORNING).toISOString()] }),
    launchBrowser(MICROPHONE),
  ]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const plain = async (locator) => (await locator.innerText()).replaceAll(/[\u2066-\u2069]/g, '');

/** Signs in, or signs in anew: an hour that the demo's clock is put forward is an hour away from the desk. */
async function sitDown(page, name) {
  await page.context().clearCookies();
  await signIn(page, demo.url, { name, password: PASSWORD }, `/${LANG}/staff/sign-in`);
}

async function seat(name) {
  const page = await openPage(browser, { lang: LANG });
  await sitDown(page, name);
  return page;
}

const matter = (number) => `${demo.url}/${LANG}/staff/inquiry/${number}`;

/** Presses the last button of each form at the same moment; what each page says then. */
async function atOnce(...presses) {
  await Promise.all(presses.map(([page, form]) => submit(page, form)));
  return Promise.all(presses.map(([page]) => plain(page.locator('main'))));
}

/** The operator speaks with a visitor on the line, and promises that an officer calls about the matter. */
async function operatorPromises(operator, visitor, number, told) {
  await operator.goto(`${demo.url}/${LANG}/staff/line`);
  const on = operator.locator('#browser [data-when="on"]');
  await operator.locator('#connect').or(on).first().waitFor();
  if (await operator.locator('#connect').isVisible()) await operator.locator('#connect').click();
  await on.waitFor();
  const line = (what) => operator.locator(`#line button[name="do"][value="${what}"]`).click();
  await line('ready');
  await operator.locator('[data-duty="ready"]').waitFor();
  await visitor.goto(`${demo.url}/${LANG}/call`);
  await visitor.locator('#dial').click();
  await visitor.locator('[data-when="line"]').waitFor();
  await visitor.waitForTimeout(1_000);
  await visitor.locator('[data-key="0"]').click();
  await operator.locator('[data-phone="ringing"]').waitFor({ timeout: 60_000 });
  await line('answer');
  await operator.locator('[data-phone="talking"]').waitFor();

  // The page of the call stays: the call lives in it.
  const desk = await operator.context().newPage();
  watch(desk);
  await desk.goto(`${demo.url}/${LANG}/staff/find?number=${number}`);
  const counted = await counting(desk);
  const promise = await act(desk, 'promise');
  // In the afternoon, when the visitor is at home.
  const windows = await promise.locator('[name="promise-start"]').evaluateAll((all) => all.map(({ id, value }) => [id, value / 1000]));
  const [id, begins] = windows.find(([, start]) => start >= at(14));
  await choose(desk, id);
  await submitAndSend(desk, promise, 'shift-promise', LANG);
  told(`call answered to promised, beside finding the matter by its number: ${await counted()}`);
  await desk.close();

  await line('hang-up');
  await operator.locator('[data-duty="wrap-up"]').waitFor();
  await operator.locator('label[for="disposition-0"]').click();
  await line('dispose');
  await line('not-ready');
  await operator.locator('[data-duty="not-ready"]').waitFor();
  await visitor.context().close();
  return begins;
}

/** Two officers want to make the same call at the same moment: one makes it, the other is told that it is being made. */
async function twoOfficers(officers, number) {
  for (const page of officers) await page.goto(matter(number));
  const forms = await Promise.all(officers.map((page) => act(page, 'call')));
  const says = await atOnce(...officers.map((page, n) => [page, forms[n]]));
  const has = await Promise.all(officers.map((page) => page.locator('form[action$="/outcome"]').count()));
  const calls = has.filter((n) => n > 0).length;
  assert.equal(calls, 1, `one of them calls: ${says.join('\n---\n')}`);
  const [winner, other] = has[0] > 0 ? officers : [officers[1], officers[0]];
  await checkPage(other, 'shift-call-is-made', { status: 409 });
  const outcome = await act(winner, 'outcome');
  await choose(winner, await outcome.locator('input[value="reached"]').getAttribute('id'));
  await submit(winner, outcome);
  return winner;
}

/** The analyst changes a rule; the administrator, who did not write it, puts it in force at once. */
async function policyChanges(analyst, administrator) {
  await analyst.goto(`${demo.url}/${LANG}/staff/policies`);
  const version = await analyst.locator('main a[href*="/policies/need/"]').first().getAttribute('href');
  await analyst.goto(demo.url + version);
  await press(analyst, analyst.locator('form[action$="/policies/need/draft"] button'));
  const draft = analyst.url().replace(/[?#].*$/, '');
  const row = await analyst.locator('main a[href*="/row/"]').first().getAttribute('href');
  await analyst.goto(new URL(row, draft).href);
  await analyst.locator('[name="why-en"]').fill('Since noon: this can only be done at a counter.');
  await press(analyst, analyst.locator('form', { has: analyst.locator('[name="why-en"]') }).locator('button[type="submit"]').first());
  await analyst.goto(draft);
  const propose = analyst.locator('form[action$="/propose"]');
  await analyst.locator('details', { has: propose }).evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  await choose(analyst, await propose.locator('[name="starts"][value="now"]').getAttribute('id'));
  await propose.locator('[name="version"]').fill('noon');
  await propose.locator('[name="because"]').fill('The counter has a new printer.');
  await press(analyst, propose.locator('button[type="submit"]').last());
  await checkPage(analyst, 'shift-policy-proposed');
  assert.equal(await analyst.locator('form[action$="/approve"]').count(), 0, 'nobody approves what is their own');
  await administrator.goto(draft);
  await press(administrator, administrator.locator('form[action$="/approve"] button[type="submit"]').last());
  await administrator.getByText('In force').first().waitFor();
}

/** Two clerks call whoever is next at the same moment: each has somebody else, or one has nobody. */
async function twoClerks(clerks, day) {
  const before = await clerks[0].locator('.desk-visit--arrived').count();
  assert.ok(before > 0, 'somebody is here');
  const forms = clerks.map((page) => page.locator(`form[action$="${day}/next"]`));
  await atOnce(...clerks.map((page, n) => [page, forms[n]]));
  await clerks[0].goto(`${demo.url}/${LANG}/staff/office/LOS/day`);
  assert.equal(
    await clerks[0].locator('.desk-visit--called').count(),
    Math.min(2, before),
    'each of them calls somebody, and nobody is called twice',
  );
}

/** Two clerks call the very same visitor at the same moment: one has them, the other is told that they are called. */
async function sameVisitor(clerks, day) {
  const [first] = clerks;
  const served = first.locator(`form[action$="${day}/served"]`);
  while ((await served.count()) > 0) await submit(first, served.first());
  await submit(first, first.locator('tr form[action$="/check-in"]').first());
  for (const page of clerks) await page.goto(`${demo.url}/${LANG}/staff${day}`);
  const here = (page) => page.locator('tr', { has: page.locator('.desk-visit--arrived') });
  const forms = clerks.map((page) => here(page).locator(`form[action$="${day}/call"]`).first());
  const says = await atOnce(...clerks.map((page, n) => [page, forms[n]]));
  const late = clerks.filter((page) => page.url().endsWith(`${day}/call`));
  assert.equal(late.length, 1, `one of them is told: ${says.join('\n---\n')}`);
  await checkPage(late[0], 'shift-visitor-is-called', { status: 409 });
  await first.goto(`${demo.url}/${LANG}/staff${day}`);
  assert.equal(await first.locator('.desk-visit--called').count(), 1, 'and the visitor is called once');
}

test('a whole shift, and nobody is lost', { timeout: 900_000 }, async (t) => {
  const told = (what) => t.diagnostic(what);
  const person = await openPage(browser, { lang: LANG });
  const number = await ask(person, demo.url, LANG, { given: 'Iris', family: 'Example', email: 'iris.example@example.org' });

  const operator = await seat('operator');
  const visitor = await openPage(browser, { lang: LANG });
  const begins = await operatorPromises(operator, visitor, number, told);
  await operator.context().close();

  // The office's morning: everybody who is expected before eleven comes.
  const day = '/office/LOS/day/2026-11-24';
  const clerks = [await seat('clerk'), await seat('clerk2')];
  for (const [n, page] of clerks.entries()) {
    await page.goto(`${demo.url}/${LANG}/staff${day}`);
    const counter = page.locator('form[action$="/counter"]');
    await counter.locator('[name="counter"]').fill(String(n + 1));
    await submit(page, counter);
  }
  const arrived = await counting(clerks[0]);
  // In the rows; above them stands the form for whoever comes with a number.
  for (let n = 0; n < 2; n += 1) await submit(clerks[0], clerks[0].locator('tr form[action$="/check-in"]').first());
  await clerks[1].goto(`${demo.url}/${LANG}/staff${day}`);
  await twoClerks(clerks, day);
  told(`two who arrive to one of them called: ${await arrived()}`);
  await sameVisitor(clerks, day);

  await until(person, demo.url, LANG, at(12));
  const [analyst, administrator] = [await seat('analyst'), await seat('administrator')];
  await policyChanges(analyst, administrator);

  // At one the office closes for the rest of the day: whoever was to come is given the best new place.
  await until(person, demo.url, LANG, at(13));
  const manager = await seat('manager');
  await manager.goto(`${demo.url}/${LANG}/staff${day}`);
  const expected = await manager.locator('.desk-visit--expected').count();
  await manager.goto(`${demo.url}/${LANG}/staff/closings`);
  await manager.locator('#date').fill('2026-11-24');
  await manager.locator('#why-en').fill('The heating is broken.');
  await manager.locator('#why-es').fill('La calefacción no funciona.');
  await submit(manager, manager.locator('main form').last());
  await manager.locator('form[action$="/close"]').waitFor();
  const affected = await manager.locator('tbody tr').count();
  await manager.locator('form[action$="/close"] button').click();
  await manager.getByText('Everybody has been moved and told.').waitFor({ timeout: 60_000 });
  assert.ok(affected > 0 && affected <= expected, `whoever was to come later is affected: ${affected} of ${expected}`);
  assert.equal(await manager.locator('tbody tr').count(), affected, 'and nobody of them is lost');

  // The callback that was promised in the morning, whenever that is.
  await until(person, demo.url, LANG, begins + 5 * 60_000);
  const officers = [await seat('officer'), await seat('officer2')];
  const counted = await Promise.all(officers.map(counting));
  const officer = await twoOfficers(officers, number);
  const need = await act(officer, 'need');
  await choose(officer, await need.locator('[name="need-need"][value="visit"]').getAttribute('id'));
  await need.locator('[name="need-because"]').fill('The order needs a stamp that only the office can give.');
  await submitAndSend(officer, need, 'shift-need', LANG);
  assert.match(await plain(officer.locator('main')), /\bnoon\b/, 'the decision names the version that is in force since noon');

  const book = await act(officer, 'book');
  await choose(officer, await book.locator('input[type="radio"]').first().getAttribute('id'));
  await submitAndSend(officer, book, 'shift-book', LANG);

  told(`from the call to booked: ${await counted[officers.indexOf(officer)]()}`);

  // In the evening.
  await person.goto(`${demo.url}/${LANG}/inquiry/${number}`);
  await person.locator('a[href$=".ics"]').first().waitFor();
  const supervisor = await seat('supervisor');
  await supervisor.goto(`${demo.url}/${LANG}/staff/wallboard`);
  await checkPage(supervisor, 'shift-wallboard');
  await supervisor.goto(`${demo.url}/${LANG}/staff/overview/check`);
  assert.match(await plain(supervisor.locator('main')), /Everything that must hold, held/);
  const auditor = await seat('auditor');
  await auditor.goto(`${demo.url}/${LANG}/staff/journal?number=${number}`);
  await checkPage(auditor, 'shift-journal');
  const rows = await auditor.locator('main tbody tr').allInnerTexts();
  const story = rows.reverse().map((row) => row.split('\t').slice(1, 3).map((cell) => cell.split('\n')[0].trim()));
  const what = story.map(([, did]) => did);
  const once = [
    'Request received',
    'Urgency decided',
    'Call promised',
    'Promised call taken by an officer',
    'Officer began to dial',
    "Officer's call ended",
    'Need decided',
    'Appointment booked',
  ];
  assert.deepEqual(what.filter((did) => once.includes(did)), once, 'each happened once, in this order');
  assert.ok(!what.includes('Promise broken'), 'the promise was kept');
  const readers = new Set(story.filter(([, did]) => did === 'Record read').map(([who]) => who));
  for (const who of ['The person', 'Tom Brandt', 'Grace Okafor', 'Daniel Reyes']) assert.ok(readers.has(who), `${who} read it`);
  if (demo.data) execFileSync(process.env.ANTEROOM_BIN, ['journal', 'verify', '--data', demo.data]);
  for (const page of [person, ...clerks, analyst, administrator, manager, ...officers, supervisor, auditor]) {
    await page.context().close();
  }
});

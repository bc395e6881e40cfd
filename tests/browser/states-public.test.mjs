// The public pages in the states that the main job does not come to: what is asked and not found, what is refused, an inquiry at every
// stage and all that a person can do there, the form with faults on each of its pages, the kiosk. Every one is looked at in both languages.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { freePort } from './caller.mjs';
import { launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { choose, press, send } from './people.mjs';
import { LANGUAGES, PASSWORD, everybody, looks, opens, read, said } from './states.mjs';
import { motionFaults } from './walk.mjs';

let browser;
let demo;
let all;
/** Has the person of the form asked? */
let asked = false;
/** Who was let in by the kiosk: whoever says it again learns their ticket again. */
const letIn = [];

before(async () => {
  [demo, browser] = await Promise.all([startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] }), launchBrowser()]);
  all = await everybody(demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Somebody of whom this is true, and whom no other test has. */
function somebody(is) {
  const one = anybody(is);
  all.splice(all.indexOf(one), 1);
  return one;
}

/** Somebody of whom this is true, only to look at. */
function anybody(is) {
  const one = all.find(is);
  assert.ok(one, `nobody of the demo is so: ${is}`);
  return one;
}

const broken = (one) => said('en', 'public-broken-title').test(one.page);

/** The page of an inquiry, as its person opens it. */
async function own(page, lang, { number, link }) {
  await page.goto(`${demo.url}/go/${link}`);
  const at = `${demo.url}/${lang}/inquiry/${number}`;
  await page.goto(at);
  return at;
}

const form = (page, end) => page.locator(`main form[action$="${end}"]`);
const submit = (page, end) => press(page, form(page, end).locator('button[type="submit"]').first());

/** Sends a form as its page would, without looking at what comes. */
const sent = (page, url, fields) =>
  page.request.post(url, { form: fields, headers: { 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 });

for (const lang of LANGUAGES) {
  test(`what anybody reads (${lang})`, { timeout: 240_000 }, async () => {
    const page = await openPage(browser, { lang });
    const at = (path) => `${demo.url}/${lang}${path}`;
    const open = (path, name, says, more) => opens(page, at(path), name, { lang, says, ...more });
    const now = (name, says, more) => looks(page, name, { lang, says, ...more });

    await open('/topics', 'topics', 'public-topics-title');
    await page.fill('[name="need"]', lang === 'en' ? 'lost card' : 'perdí la tarjeta');
    await submit(page, '/topics');
    await page.locator('main [role="status"]').waitFor();
    await now('topics-found', 'public-topics-all');
    await page.fill('[name="need"]', 'qqqq');
    await submit(page, '/topics');
    await now('topics-none', 'public-topics-none');
    await open('/topics/proof-of-status', 'topic', ['public-topics-who', 'public-topics-ask']);

    await open('/offices', 'offices', 'public-offices-all');
    await page.fill('[name="zip"]', '9001');
    await submit(page, '/offices');
    await now('offices-refused', ['web-errors', 'public-wrong-zip'], { status: 422 });
    await open('/offices/LOS', 'office', ['public-offices-own', 'public-offices-closed']);

    await page.goto(at('/status'));
    const ask = async (receipt) => {
      await page.goto(at('/status'));
      await page.fill('[name="receipt"]', receipt);
      await send(page);
    };
    await ask('IOE09123');
    await now('status-refused', 'public-status-wrong', { status: 422 });
    await ask('IOE0912345678');
    await now('status-unknown', ['public-status-unknown', 'public-status-unknown-next']);
    await ask('QQQ0912345678');
    await now('status-prefix', ['public-status-prefix', 'public-status-unknown']);
    await ask(await receipt());
    await now('status', ['public-case-state', 'public-case-as-of', 'public-next']);

    await open('/our-calls', 'our-calls', 'public-calls-code-title');
    for (const [code, name, says, status] of [
      ['??', 'our-calls-shape', 'public-calls-code-shape', 422],
      [swapped(mark()), 'our-calls-check', 'public-calls-code-check', 422],
      [mark(), 'our-calls-ours', 'public-calls-ours', 200],
    ]) {
      await page.goto(at('/our-calls'));
      await page.fill('[name="code"]', code);
      await send(page);
      await now(name, says, { status });
    }

    await open('/privacy', 'privacy', 'public-privacy-cookies-title');
    await open('/accessibility', 'accessibility', 'public-access-help-title');
    await open('/statistics', 'statistics', 'public-statistics-title');
    await open('/call', 'call', 'public-line-title');

    await open('/inquiry', 'open', 'public-open-intro');
    await submit(page, '/inquiry');
    await now('open-refused', ['web-errors', 'public-wrong-inquiry-digits', 'public-wrong-born'], { status: 422 });
    await page.fill('[name="link_number"]', '12345678');
    await submit(page, '/inquiry/link');
    await now('open-link-refused', 'public-wrong-inquiry-check', { status: 422 });
    const { number } = somebody(({ state }) => state === 'booked');
    await page.fill('[name="link_number"]', number);
    await submit(page, '/inquiry/link');
    await now('open-link-sent', 'public-link-sent');

    // Guessing is stopped, and whoever comes then is told so.
    const guess = async () => {
      await page.goto(at('/inquiry'));
      await page.fill('[name="number"]', number);
      await page.locator('[name="born_month"]').selectOption({ index: 1 });
      await page.fill('[name="born_day"]', '1');
      await page.fill('[name="born_year"]', '1901');
      await submit(page, '/inquiry');
    };
    await guess();
    await now('open-wrong', 'public-wrong-pair', { status: 422 });
    const lockedOut = { en: /Too many tries for this number/, es: /Hubo demasiados intentos con este número/ }[lang];
    for (let tries = 0; !lockedOut.test(await read(page.locator('main'))); tries += 1) {
      assert.ok(tries < 10, 'guessing is never stopped');
      await guess();
    }
    // It says how to get in all the same.
    await now('locked-out', [lockedOut, 'public-link-title'], { status: 429, tolerate: [422] });

    await open('/nowhere', 'not-found', ['web-error-not-found', 'web-error-not-found-next'], { status: 404 });
    await open(`/inquiry/${number}`, 'no-proof', ['web-error-no-proof', 'web-error-no-proof-next'], { status: 404 });

    // From a page of somebody else's, by a form that pretends to be ours.
    await page.goto('about:blank');
    await page.setContent(`<form method="post" action="${at('/status')}"><button>Go</button></form>`);
    await press(page, page.locator('button'));
    await now('other-site', ['web-error-other-site', 'web-error-other-site-next'], { status: 403 });

    await page.goto(at('/topics'));
    await page.locator('[name="need"]').evaluate((field) => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(70_000); });
    await submit(page, '/topics');
    await now('too-large', ['web-error-too-large', 'web-error-too-large-next'], { status: 413 });
    await page.context().close();
  });

  test(`an inquiry at every stage (${lang})`, { timeout: 300_000 }, async () => {
    const page = await openPage(browser, { lang });
    const now = (name, says, more) => looks(page, name, { lang, says, ...more });
    const reached = async (name, is, says = [], { pick = somebody, ...more } = {}) => {
      const one = pick(is);
      const at = await own(page, lang, one);
      await now(name, [`public-stage-${one.state}`, ...says], more);
      return at;
    };
    const open = async (url, name, says, more) => {
      await page.goto(url);
      await now(name, says, more);
    };
    const at = (state) => (one) => one.state === state;

    // Being read.
    const review = await reached('review', (one) => one.state === 'review' && one.page.includes('/post"'), ['public-recorded']);
    await open(`${review}/received`, 'received', ['public-received-title', 'public-received-next']);
    await open(`${review}/correct`, 'correct', 'public-correct-about');
    await page.fill('[name="phone"]', '12');
    await page.fill('[name="email"]', 'nobody');
    await page.fill('[name="phrase"]', '');
    await submit(page, '/correct');
    await now('correct-refused', ['web-errors', 'public-wrong-phone', 'public-wrong-email', 'public-wrong-phrase'], { status: 422 });
    await open(`${review}/post`, 'post', 'public-post-about');
    await page.fill('[name="post_street"]', '1 Main Street');
    await submit(page, '/post');
    await now('post-refused', 'public-wrong-address', { status: 422 });
    await open(`${review}/withdraw`, 'withdraw', 'public-withdraw-then');
    await open(`${review}/call/cancel`, 'wrong-stage', 'web-refusal-wrong-stage', { status: 409 });

    // What is asked of it in a way of one's own is read no further.
    await page.goto(`${review}/withdraw`);
    await form(page, '/withdraw').locator('[name="sure"]').evaluate((field) => field.remove());
    await submit(page, '/withdraw');
    await now('bad-form', ['web-error-bad-form', 'web-error-bad-form-next'], { status: 400 });

    // Two windows: what was done in one is no longer there to be done in the other.
    await page.goto(`${review}/withdraw`);
    const other = await page.context().newPage();
    await other.goto(`${review}/withdraw`);
    await press(other, form(other, '/withdraw').locator('button'));
    assert.match(other.url(), /done=withdrawn$/);
    await other.close();
    await submit(page, '/withdraw');
    await now('stale', ['web-refusal-closed', 'web-refusal-closed-next'], { status: 409 });
    await open(`${review}?done=withdrawn`, 'withdrawn', ['public-done-withdrawn', 'public-closed-withdrawn']);

    await reached('papers', at('papers'), ['public-promise-papers']);
    await submit(page, '/papers');
    await now('papers-had', 'public-done-papers');

    // A call is promised: another time, none, and the one that was kept wrong.
    const promised = await reached('promised', (one) => one.state === 'promised' && !broken(one));
    await open(`${promised}/call/time`, 'call-time', 'public-call-time-title');
    await submit(page, '/call/time');
    await now('call-time-refused', 'web-errors', { status: 422 });
    await page.locator('main details').evaluateAll((days) => days.forEach((day) => { day.open = true; }));
    await choose(page, await page.locator('[name="start"]').last().getAttribute('id'));
    await submit(page, '/call/time');
    await now('call-time-sure', 'public-call-sure-title');
    await submit(page, '/call/time');
    await now('call-moved', ['public-done-call-moved', 'public-stage-promised']);
    await open(`${promised}/call/cancel`, 'call-cancel', 'public-call-cancel-title');
    await submit(page, '/call/cancel');
    await now('call-cancelled', 'public-done-call-cancelled');
    await reached('promise-broken', broken, ['public-broken-title'], { pick: anybody });

    const unreached = await reached('unreached', at('unreached'), ['public-promise-unreached', 'public-call-choose']);
    await open(`${unreached}/call/time`, 'unreached-time', 'public-call-time-title');
    await reached('calling', at('calling'), ['public-calling-now'], { pick: anybody });
    await reached('spoken', at('spoken'), ['public-promise-spoken'], { pick: anybody });
    await reached('to-book', at('to-book'), ['public-promise-to-book'], { pick: anybody });
    await reached('checked-in', at('checked-in'), ['public-ticket', 'public-change-now'], { pick: anybody });

    // A visit is booked.
    let [booked, late] = [undefined, undefined];
    for (const one of all.filter(({ state, page: shown }) => state === 'booked' && shown.includes('/visit/earlier"'))) {
      const times = `${await own(page, lang, one)}/visit/time`;
      const answer = await page.request.get(times);
      if (answer.status() === 409) late ??= times;
      else if (!booked && /name="start"/.test(await answer.text())) booked = times.replace('/visit/time', '');
      if (booked?.includes(one.number)) somebody((other) => other === one);
      if (booked && late) break;
    }
    await open(late, 'visit-too-late', 'web-refusal-too-late', { status: 409 });
    await open(booked, 'booked', ['public-stage-booked', 'public-visit-code-about']);
    await open(`${booked}/visit/time`, 'visit-time', 'public-visit-time-title');
    await submit(page, '/visit/time');
    await now('visit-time-refused', 'web-errors', { status: 422 });
    await page.locator('main details').evaluateAll((days) => days.forEach((day) => { day.open = true; }));
    await choose(page, await page.locator('[name="start"]').first().getAttribute('id'));
    await submit(page, '/visit/time');
    await now('visit-time-sure', 'public-visit-sure-title');
    // Somebody was there first: a place that there is not looks the same.
    await form(page, '/visit/time').locator('[name="start"]').evaluate((field) => { field.value = field.value.replace(/:\d\dZ/, ':07Z'); });
    await submit(page, '/visit/time');
    await now('visit-time-taken', 'web-errors', { status: 409 });
    await open(`${booked}/visit/earlier`, 'earlier', 'public-earlier-how');
    await page.fill('[name="from_day"]', '40');
    await submit(page, '/visit/earlier');
    await now('earlier-refused', ['web-errors', 'public-earlier-wrong-from'], { status: 422 });
    await page.goto(`${booked}/visit/earlier`);
    await submit(page, '/visit/earlier');
    await now('earlier-asked', ['public-done-earlier-asked', 'public-earlier-waits']);
    await open(`${booked}/visit/cancel`, 'visit-cancel', 'public-visit-cancel-title');
    await submit(page, '/visit/cancel');
    await now('visit-cancelled', 'public-done-visit-cancelled');

    // It has an end, and what was decided can be looked at again.
    for (const closing of ['served', 'by-phone']) {
      await reached(`closed-${closing}`, (one) => one.closing === closing, [`public-closed-${closing}`], { pick: anybody });
    }
    const decided = await reached('closed-by-mail', (one) => one.closing === 'by-mail' && one.page.includes('/review"'), ['public-closed-by-mail', 'public-review-title']);
    await open(`${decided}/review`, 'review-ask', 'public-review-once');
    await submit(page, '/review');
    await now('review-refused', ['web-errors', 'public-review-why-missing'], { status: 422 });
    await page.fill('[name="why"]', 'The letter came after the decision.');
    await submit(page, '/review');
    await now('review-asked', ['public-done-review', 'public-review-state-open', 'public-stage-reviewed']);
    await open(`${decided}/review`, 'review-once', 'web-refusal-reviewed-once', { status: 409 });
    await page.context().close();
  });
}

/** What is typed at each step where something must be, and what cannot be taken there: too much, where nothing must be. */
const ANSWERS = {
  zip: '90012', given: 'Rosa', family: 'Example', born_day: '17', born_year: '1980', phone: '(213) 555-0167', email: 'rosa@example.org',
  phrase: 'blue river', agent_name: 'Sam Example', agent_phone: '(213) 555-0168',
};
const REASON = 'proof-of-status';
const TOO_MUCH = { words: 'words', call: 'phrase', help: 'accommodation' };

/** Answers whatever a step asks. */
async function answer(page) {
  const names = (kind) => page.locator(`main form ${kind}`).evaluateAll((found) => [...new Set(found.map(({ name }) => name))]);
  for (const name of await names('input[type="radio"]')) {
    const wanted = page.locator(`[name="${name}"]:is([value="${REASON}"], [value="no"])`);
    await choose(page, await ((await wanted.count()) > 0 ? wanted : page.locator(`[name="${name}"]`)).first().getAttribute('id'));
  }
  for (const name of await names('select')) if (/_month$/.test(name)) await page.locator(`[name="${name}"]`).selectOption({ index: 3 });
  for (const name of await names('input:is(:not([type]), [type="text"], [type="tel"], [type="email"])')) {
    const said = ANSWERS[name] ?? (/^ask_.*_day$/.test(name) ? '12' : /^ask_.*_year$/.test(name) ? '2027' : '');
    if (said) await page.fill(`[name="${name}"]`, said);
  }
}

for (const lang of LANGUAGES) {
  test(`the form with faults on each of its pages, and going on elsewhere (${lang})`, { timeout: 240_000 }, async () => {
    const page = await openPage(browser, { lang });
    const now = (name, says, more) => looks(page, name, { lang, says, ...more });
    await page.goto(`${demo.url}/${lang}/request`);
    await send(page);
    const faulty = [];
    for (let step; (step = new URL(page.url()).pathname.split('/').pop()) !== 'check'; ) {
      const before = page.url();
      if (TOO_MUCH[step]) {
        await page.locator(`[name="${TOO_MUCH[step]}"]`).evaluate((field) => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(4_000); });
      }
      await send(page);
      // What need not be said is passed over by this.
      if ((await page.locator('#errors').count()) === 0) {
        assert.notEqual(page.url(), before, `${step} neither goes on nor says why`);
        continue;
      }
      faulty.push(step);
      await now(`request-${step}-refused`, 'web-errors', { status: 422 });
      assert.ok((await page.locator('#errors a[href^="#"]').count()) > 0, 'the summary leads to the field');
      if (TOO_MUCH[step]) await page.fill(`[name="${TOO_MUCH[step]}"]`, '');
      await answer(page);
      await send(page);
      assert.notEqual(page.url(), before, `${step} was not accepted: ${await read(page.locator('main'))}`);
    }
    for (const step of ['zip', 'reason', 'words', 'you', 'reach', 'call', 'help', 'behalf']) assert.ok(faulty.includes(step), `${step} can be wrong: ${faulty}`);
    await now('request-check', 'public-check-title');

    await page.goto(`${demo.url}/${lang}/request`);
    await now('request-begun', ['public-request-go-on', 'public-request-anew']);
    await page.goto(`${demo.url}/${lang}/request/later`);
    await now('later', ['public-later-intro', 'public-later-then']);
    await submit(page, '/request/later');
    await now('later-code', ['public-later-title', 'public-later-until']);
    const code = await page.locator('[data-copy]').getAttribute('data-copy');

    const elsewhere = await openPage(browser, { lang });
    await opens(elsewhere, `${demo.url}/${lang}/request/continue`, 'continue', { lang, says: 'public-resume-intro' });
    const letters = code.replaceAll(/[^0-9A-Za-z]/g, '');
    for (const [typed, name, says] of [
      ['12', 'continue-shape', 'public-resume-shape'],
      [swapped(letters), 'continue-check', 'public-resume-check'],
    ]) {
      await elsewhere.fill('[name="code"]', typed);
      await submit(elsewhere, '/request/continue');
      await looks(elsewhere, name, { lang, says: ['web-errors', says], status: 422 });
    }
    // With another code the one before opens nothing any more.
    await page.goto(`${demo.url}/${lang}/request/later`);
    await submit(page, '/request/later');
    await elsewhere.fill('[name="code"]', code);
    await submit(elsewhere, '/request/continue');
    await looks(elsewhere, 'continue-gone', { lang, says: ['web-errors', 'public-resume-gone'], status: 422 });
    await elsewhere.fill('[name="code"]', await page.locator('[data-copy]').getAttribute('data-copy'));
    await submit(elsewhere, '/request/continue');
    assert.match(elsewhere.url(), /\/request\/check$/);
    await elsewhere.getByText('Rosa Example').first().waitFor();

    // Whoever has asked is not taken down again: the same person asks in each language.
    await send(elsewhere);
    if (asked) await looks(elsewhere, 'already', { lang, says: ['web-refusal-already-live', 'public-already-sent'], status: 409 });
    else await looks(elsewhere, 'received', { lang, says: 'public-received-title' });
    asked = true;
    for (const one of [page, elsewhere]) await one.context().close();
  });

  test(`the kiosk (${lang})`, { timeout: 120_000 }, async () => {
    const page = await openPage(browser, { lang });
    await signIn(page, demo.url, { name: 'clerk', password: PASSWORD }, `/${lang}/staff/sign-in`);
    const expected = page.locator('form[action$="/check-in"] input[type="hidden"][name="number"]');
    const numbers = await expected.evaluateAll((found) => found.map(({ value }) => value));
    await page.locator('details', { has: page.locator('form[action$="/kiosk"]') }).evaluateAll((found) => found.forEach((one) => { one.open = true; }));
    // The board is asked for whenever something happens: what is asked by whoever was signed out meanwhile must not lead away.
    await submit(page, '/kiosk');
    const now = (name, says, more) => looks(page, name, { lang, says, ...more });
    await now('kiosk', ['floor-kiosk-title', 'floor-kiosk-none']);
    const comes = async (number) => {
      await page.goto(`${demo.url}/${lang}/kiosk`);
      await page.fill('[name="number"]', number);
      await submit(page, '/kiosk');
    };
    await comes('123');
    await now('kiosk-wrong', 'floor-kiosk-wrong', { status: 422 });
    assert.equal(await page.inputValue('[name="number"]'), '', 'what somebody typed is never shown to the next');
    await comes(anybody(({ state }) => state === 'review').number);
    await now('kiosk-counter', 'floor-kiosk-counter', { status: 404 });
    // Of those who are expected some may come in later, and somebody may now.
    const first = async (key) => {
      for (const number of [...letIn, ...numbers]) {
        await comes(number);
        if (said(lang, key).test(await read(page.locator('main')))) return number;
      }
      assert.fail(`none of ${numbers.length} is told ${key}`);
    };
    await first('floor-kiosk-early');
    await now('kiosk-early', 'floor-kiosk-early', { status: 409, tolerate: [404] });
    letIn.push(await first('floor-kiosk-ticket'));
    await now('kiosk-ticket', ['floor-kiosk-ticket', 'floor-kiosk-sit'], { tolerate: [404, 409] });
    await page.context().close();
  });
}

test('the records of cases cannot be reached', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-cases-'));
  const [ours, nobody] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${ours}`;
  writeFileSync(join(folder, 'secret'), 'secret');
  const config = join(folder, 'anteroom.toml');
  writeFileSync(config, `
[http]
addr = "127.0.0.1:${ours}"
public_url = "${url}"
[data]
dir = "data"
[pack]
dir = "${fileURLToPath(new URL('../../packs/uscis', import.meta.url))}"
[mail]
from = "no-reply@agency.example"
folder = "mail"
[cases]
source = "api"
base_url = "http://127.0.0.1:${nobody}"
token_url = "http://127.0.0.1:${nobody}/token"
client_id = "anteroom"
client_secret_file = "secret"
`);
  const server = spawn(process.env.ANTEROOM_BIN, ['serve', '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
  const ended = new Promise((resolve) => { server.once('close', resolve); });
  try {
    while (!(await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false))) {
      assert.equal(server.exitCode, null, output);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    for (const lang of LANGUAGES) {
      const page = await openPage(browser, { lang });
      await page.goto(`${url}/${lang}/status`);
      await page.fill('[name="receipt"]', 'IOE0912345678');
      await send(page);
      await looks(page, 'status-down', { lang, says: ['web-error-case-source', 'web-error-case-source-next', 'public-status-again'], status: 503 });
      await page.context().close();
    }
  } finally {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Ways to write an address of another server, for whoever looks only at its beginning. */
const ELSEWHERE = [
  'http://evil.example/', 'https://evil.example/', 'HTTPS:evil.example', '//evil.example/', '///evil.example/', '/\\evil.example/', '\\\\evil.example/',
  '/%2f%2fevil.example/', '%2f%2fevil.example/', '/%5cevil.example/', '/\t/evil.example/', '/staff//evil.example/', '/staff/..//evil.example', '@evil.example/',
  '.evil.example/', 'javascript:alert(1)', 'data:text/html,evil',
];

test('no way leads to another server', { timeout: 120_000 }, async () => {
  const page = await openPage(browser);
  const ours = (answer, what) => {
    const to = answer.headers().location;
    if (to === undefined) return;
    assert.equal(new URL(to, answer.url()).origin, demo.url, `${what} leads to ${to}`);
  };
  for (const there of ELSEWHERE) {
    const asked = encodeURIComponent(there);
    const fields = { name: 'officer', password: PASSWORD, then: there };
    const entered = await sent(page, `${demo.url}/en/staff/sign-in`, fields);
    assert.equal(entered.status(), 303, 'the password is right');
    ours(entered, `signing in with then=${there}`);
    // Whoever is signed in already is sent on at once.
    ours(await page.request.get(`${demo.url}/en/staff/sign-in?then=${asked}`, { maxRedirects: 0 }), `then=${asked}`);
    await page.context().clearCookies();
    ours(await sent(page, `${demo.url}/en/demo/forward`, { minutes: '1', back: there }), `putting the clock forward with back=${there}`);
    // What stands in the address stands in the links to the same page in other languages.
    for (const path of [`/en/${there}`, `/en${there.replace(/^[^/]/, '/$&')}`, `/en/status?${asked}`, `/en/staff?${there}`]) {
      const answer = await page.goto(demo.url + path.replace('\t', '%09')).catch(() => undefined);
      if (!answer) continue;
      assert.equal(new URL(page.url()).origin, demo.url, `${path} leads to ${page.url()}`);
      const links = await page.locator('a[hreflang]').evaluateAll((found) => found.map((a) => new URL(a.href).origin));
      assert.deepEqual(links.filter((origin) => origin !== demo.url), [], `the languages of ${path}`);
    }
  }
  await page.context().close();
});

test('a request is printed with its number, and without what only a screen can do', async () => {
  const page = await openPage(browser);
  const at = await own(page, 'en', anybody(({ state }) => state === 'booked'));
  await page.goto(at);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.number__digits').isVisible(), true);
  assert.equal(await page.locator('main .promise').first().isVisible(), true);
  for (const part of ['.demo', '.agency__langs', 'main .actions', 'main form']) {
    for (const one of await page.locator(part).all()) assert.equal(await one.isVisible(), false, `${part} is printed`);
  }
  await page.context().close();
});

test('the look at what moves finds it', async () => {
  const page = await openPage(browser);
  await page.setContent(`<style>@keyframes turn { to { rotate: 1turn } } html { scroll-behavior: smooth }
    a { transition: color .2s } p::before { content: "·"; animation: turn 1s infinite } </style><a href="/a">A</a><p>B</p>`);
  const faults = await motionFaults(page);
  for (const fault of [/changes slowly: <a/, /moves: <p.*::before/, /scrolls slowly: <html/, /runs: <p/]) {
    assert.ok(faults.some((found) => fault.test(found)), `${fault} is not among\n${faults.join('\n')}`);
  }
  await page.context().close();
});

/** A number of a case that there is: of an inquiry that waits to be read. */
async function receipt() {
  const officer = await openPage(browser);
  await signIn(officer, demo.url, { name: 'officer', password: PASSWORD }, '/en/staff/sign-in');
  await officer.goto(`${demo.url}/en/staff/review`);
  const links = await officer.locator('main tbody a[href*="/staff/inquiry/"]').evaluateAll((found) => found.map(({ href }) => href));
  for (const link of links) {
    await officer.goto(link);
    const found = /\b[A-Z]{3}\d{10}\b/.exec(await read(officer.locator('main')))?.[0];
    if (!found) continue;
    await officer.context().close();
    return found;
  }
  throw new Error('nobody who waits has named a case');
}

/** The code on the first message that went out. */
function mark() {
  const folder = join(demo.data, 'mail');
  for (const name of readdirSync(folder).sort()) {
    const found = /type the code ([0-9A-Z]{7})/.exec(readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, ''))?.[1];
    if (found) return found;
  }
  throw new Error('no message has a code');
}

/** A code with two of its characters swapped: its check does not fit. */
function swapped(code) {
  for (let n = 1; n < code.length; n += 1) if (code[n] !== code[n - 1]) return code.slice(0, n - 1) + code[n] + code[n - 1] + code.slice(n + 1);
  throw new Error(`${code} looks the same when swapped`);
}

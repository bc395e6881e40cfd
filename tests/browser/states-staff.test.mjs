// The desks in the states that the main job does not come to: every page of each role in both languages, what is refused there, what
// asks for a fresh proof; two supervisors who move many calls; and the focus of whoever looks at a page that changes meanwhile.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';
import { choose, press } from './people.mjs';
import { LANGUAGES, PASSWORD, everybody, looks, opens, read, said, written } from './states.mjs';

const OWN = 'four herons on a green roof';

let browser;
let demo;

before(async () => {
  [demo, browser] = await Promise.all([startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] }), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function seat(name, options = {}) {
  const page = await openPage(browser, options);
  await signIn(page, demo.url, { name, password: PASSWORD }, '/en/staff/sign-in');
  return page;
}

const at = (lang, path) => `${demo.url}/${lang}/staff${path}`;
const form = (page, end) => page.locator(`main form[method="post"][action$="${end}"]`);
const submit = (page, end) => press(page, form(page, end).locator('button[type="submit"]').last());

/** The address of the first link of a page that leads to this. */
async function first(page, url, part) {
  await page.goto(url);
  return new URL(await page.locator(`main a[href*="${part}"]`).first().getAttribute('href'), demo.url).href;
}

/** What each role has, beside what is asked for on the way: the path, and what tells that it is that page. */
const PAGES = {
  officer: [
    ['/review', ['staff-review-title']],
    ['/callbacks?view=day', ['staff-callbacks-title', 'staff-cal-hour']],
    ['/callbacks?view=week', ['staff-callbacks-title', 'staff-cal-hour']],
    ['/intake', ['intake-title', 'intake-begin']],
    ['/find/person', ['intake-find', 'intake-find-about']],
    ['/find?number=12345678', ['staff-find-title'], { status: 404 }],
    ['/account', ['account-title', 'account-calendar']],
    ['/account/proofs', ['second-app-what']],
    ['/account/proofs/app', ['second-app-letters']],
    ['/account/password', ['password-title', 'password-again']],
  ],
  operator: [['/line', ['phone-title']]],
  clerk: [
    ['/office/LOS/day', ['staff-day-caption', 'floor-line']],
    ['/office/LOS/display', ['staff-hall-called']],
  ],
  manager: [
    ['/office/LOS/walk-in', ['floor-walk-in-title', 'floor-walk-in-about']],
    ['/closings', ['closing-new', 'closing-new-about']],
    ['/rosters', ['roster-title', 'roster-caption']],
  ],
  supervisor: [
    ['/overview', ['staff-overview-title', 'staff-overview-stages']],
    ['/overview/check', ['staff-check-good']],
    ['/indicators', ['staff-indicators-title']],
    ['/wallboard', ['wall-title', 'wall-tile-waiting']],
    ['/wallboard/waiting', ['wall-tile-waiting']],
    ['/line/announcements', ['phone-notices-title', 'phone-notices-none']],
    ['/handovers', ['handover-title', 'handover-new']],
    ['/callbacks?view=week', ['staff-callbacks-title', 'handover-title']],
  ],
  analyst: [
    ['/policies', ['policy-title', 'policy-intro']],
    ['/texts', ['pack-title', 'pack-intro']],
  ],
  administrator: [
    ['/people', ['account-people-title', 'account-people-caption']],
    ['/people/new', ['people-new', 'people-sign-in-hint']],
    ['/programs', ['programs-title', 'programs-intro']],
    ['/programs/new', ['programs-new', 'programs-scopes-hint']],
    ['/webhooks', ['hook-title', 'hook-none']],
    ['/records', ['records-title-all', 'records-requests-none']],
    ['/closings', ['closing-title']],
  ],
  auditor: [
    ['/journal', ['journal-title', 'journal-caption']],
    ['/journal/person', ['journal-person-title', 'journal-person-about']],
  ],
};

/** What each role comes to from there: forms with faults, things that have no fixed address. */
const WAYS = {
  async officer(page, lang, now) {
    await page.goto(at(lang, '/account'));
    await submit(page, '/account/calendar');
    await now('account-calendar', ['account-calendar', 'web-calendar-once']);
    await page.goto(at(lang, '/account/password'));
    await page.fill('[name="password"]', 'short');
    await page.fill('[name="again"]', 'short');
    await submit(page, '/account/password');
    await now('password-refused', ['web-errors', 'password-fault-short'], { status: 422 });
    await page.goto(await first(page, at(lang, '/review'), '/staff/inquiry/'));
    await now('matter', 'staff-correct');
    await page.goto(at(lang, '/find/person'));
    await page.fill('[name="given"]', 'Nobody');
    await page.fill('[name="family"]', 'Nowhere');
    await page.locator('[name="born_month"]').selectOption({ index: 1 });
    await page.fill('[name="born_day"]', '1');
    await page.fill('[name="born_year"]', '1901');
    await submit(page, '/find/person');
    await now('person-none', 'intake-find-none');
    await page.goto(`${await first(page, at(lang, '/review'), '/staff/inquiry/')}`.replace(/#.*$/, ''));
    await page.goto(`${page.url()}/correct`);
    await now('correct', 'staff-correct-about');
    await page.goto(at(lang, '/nowhere'));
    await now('not-found', 'web-error-not-found', { status: 404 });
    await page.goto(at(lang, '/people'));
    await now('not-theirs', 'web-error-not-found', { status: 404 });
  },
  async manager(page, lang, now) {
    await page.goto(at(lang, '/office/LOS/walk-in'));
    await submit(page, '/walk-in');
    await now('walk-in-refused', ['web-errors', 'floor-walk-in-verdict-missing', 'floor-walk-in-because-missing'], { status: 422 });
    await page.goto(await first(page, at(lang, '/rosters'), '/staff/roster/'));
    await now('roster', ['roster-week', 'roster-other']);
  },
  async supervisor(page, lang, now) {
    await page.goto(at(lang, '/line/announcements'));
    await submit(page, '/line/announcements');
    await now('announcements-refused', ['web-errors', 'phone-notice-fault-does'], { status: 422 });
    await page.goto(at(lang, '/handovers'));
    await submit(page, '/handovers');
    await now('handover-refused', ['web-errors', 'handover-fault-whose', 'handover-fault-from', 'handover-fault-until', 'handover-fault-target'], { status: 422 });
  },
  async analyst(page, lang, now) {
    const version = await first(page, at(lang, '/policies'), '/policies/fit/');
    await page.goto(version);
    await now('policy-version', 'policy-rows-caption');
    await submit(page, '/policies/fit/draft');
    const draft = page.url().replace(/[?#].*$/, '');
    await now('policy-draft', ['policy-stage-is-draft', 'policy-examples-caption']);
    for (const [path, name, says] of [
      ['/row/1', 'policy-row', 'policy-row-edit'],
      ['/example/1', 'policy-example', 'policy-example-edit'],
      ['/text', 'policy-text', 'policy-text-about'],
      ['/effect', 'policy-effect', 'policy-effect-matrix'],
    ]) {
      await page.goto(draft + path);
      await now(name, says);
    }
    await page.goto(`${draft}/row/1`);
    await page.fill('[name="when"]', 'no such fact ==');
    await press(page, page.locator('form', { has: page.locator('[name="when"]') }).locator('button[type="submit"]').first());
    await now('policy-fault', 'policy-stage-is-draft');
    const file = await first(page, at(lang, '/texts'), '/texts/holidays/');
    await page.goto(file);
    await now('text-version', /\[\[holiday\]\]/);
    await page.goto(at(lang, '/texts'));
    await submit(page, '/texts/reasons/draft');
    await now('text-draft', ['policy-stage-is-draft', 'pack-difference']);
    await page.goto(`${page.url().replace(/[?#].*$/, '')}/text`);
    await now('text-text', 'pack-text-about');
  },
  async administrator(page, lang, now) {
    await page.goto(at(lang, '/people/new'));
    await submit(page, '/people/new');
    await now('people-refused', ['web-errors', 'people-fault-name', 'people-fault-sign-in', 'people-fault-role'], { status: 422 });
    const one = await first(page, at(lang, '/people?name=Grace'), '/staff/people/0');
    await page.goto(one);
    await now('person', ['people-account', 'people-close-about']);
    await page.goto(`${one.replace(/[?#].*$/, '')}/change`);
    await now('person-change', ['people-back', 'people-langs']);
  },
  async auditor(page, lang, now) {
    await page.goto(at(lang, '/journal/person'));
    await submit(page, '/journal/person');
    await now('journal-person-refused', 'journal-person-nothing', { status: 422 });
    const number = /\d{8}/.exec(await first(page, at(lang, '/journal'), '/staff/inquiry/'))[0];
    await page.goto(at(lang, '/journal/person'));
    await page.fill('main [name="number"]', number);
    await submit(page, '/journal/person');
    await now('journal-person', ['journal-person-found', 'journal-person-readers']);
    await page.goto(at(lang, `/inquiry/${number}/records`));
    await now('records', ['records-title', 'records-sure', 'records-hold-about']);
    await submit(page, '/hold');
    await now('records-refused', ['records-refused-reason-needed', 'records-refused-next'], { status: 409 });
  },
};

for (const [role, pages] of Object.entries(PAGES)) {
  test(`the desk of the ${role}`, { timeout: 300_000 }, async () => {
    const page = await seat(role);
    for (const lang of LANGUAGES) {
      for (const [path, says, more] of pages) {
        await opens(page, at(lang, path), `${role}${path.replaceAll(/\W+/g, '-')}`, { lang, says, ...more });
      }
      await WAYS[role]?.(page, lang, (name, says, more) => looks(page, `${role}-${name}`, { lang, says, ...more }));
    }
    await page.context().close();
  });
}

test('signing in: with a wrong password, and after too many', { timeout: 120_000 }, async () => {
  for (const lang of LANGUAGES) {
    const page = await openPage(browser, { lang });
    await opens(page, at(lang, '/sign-in'), 'sign-in', { lang, says: ['staff-sign-in-title', 'staff-sign-in-help'] });
    await page.fill('[name="name"]', 'nobody');
    await page.fill('[name="password"]', 'nothing');
    await press(page, page.locator('main form').first().locator('button[type="submit"]'));
    await looks(page, 'sign-in-refused', { lang, says: ['web-errors', 'staff-sign-in-wrong'], status: 422 });
    await page.context().close();
  }
});

/** Makes an account, and gives the page of whoever is handed its first password. */
async function second(administrator, lang, name) {
  await administrator.goto(at(lang, '/people/new'));
  await administrator.fill('main [name="name"]', `Second ${lang}`);
  await administrator.fill('[name="sign-in"]', name);
  await choose(administrator, await administrator.locator('[name="role"][value="supervisor"]').getAttribute('id'));
  await submit(administrator, '/people/new');
  await looks(administrator, 'person-made', { lang, says: ['people-shown-title', 'people-shown-once'] });
  const given = (await read(administrator.locator('main'))).split(written(lang, 'people-password-first-name'))[1].trim().split(/\s/)[0];
  const page = await openPage(browser, { lang });
  await signIn(page, demo.url, { name, password: given }, `/${lang}/staff/sign-in`);
  await looks(page, 'first-password', { lang, says: ['password-first-title', 'password-first'] });
  await page.fill('[name="password"]', OWN);
  await page.fill('[name="again"]', OWN);
  await submit(page, '/account/password');
  assert.match(page.url(), /\/staff\/overview$/, 'with a password of their own they are at their desk');
  return page;
}

test('many calls are moved by two supervisors', { timeout: 180_000 }, async () => {
  const [supervisor, administrator] = [await seat('supervisor'), await seat('administrator')];
  const propose = async (lang, day, target) => {
    await supervisor.goto(at(lang, '/handovers'));
    await supervisor.locator('[name="whose"]').selectOption('pool');
    await supervisor.locator('[name="target"]').selectOption(target);
    await supervisor.fill('[name="from"]', `${day}T00:00`);
    await supervisor.fill('[name="until"]', `${day}T23:00`);
    await supervisor.fill('[name="because"]', 'Agreed in the morning.');
    await submit(supervisor, '/handovers');
    await looks(supervisor, 'handover-own', { lang, says: ['handover-now-proposed', 'handover-refused-second-person', 'handover-second-how'] });
    assert.equal(await form(supervisor, '/approve').count(), 0, 'nobody approves what they proposed');
    return supervisor.url();
  };
  for (const [lang, day] of [['en', '2026-11-25'], ['es', '2026-11-27']]) {
    const other = await second(administrator, lang, `second-${lang}`);
    const dropped = await propose(lang, day, 'windows');
    await supervisor.goto(dropped);
    await submit(supervisor, '/withdraw');
    await looks(supervisor, 'handover-withdrawn', { lang, says: 'handover-now-withdrawn' });

    const proposed = await propose(lang, day, { label: 'Grace Okafor' });
    await other.goto(proposed);
    await looks(other, 'handover-theirs', { lang, says: ['handover-now-proposed', 'handover-caption'] });
    const before = (await read(other.locator('main tbody'))).match(/Grace Okafor/g)?.length ?? 0;
    assert.ok(before > 0, 'what each call would become is shown before anything is done');
    // Two windows of the one who approves: in the second it is done already.
    const late = await other.context().newPage();
    await late.goto(proposed);
    await submit(other, '/approve');
    await looks(other, 'handover-done', { lang, says: ['handover-now-done', 'handover-moved', 'handover-approved-by'] });
    await submit(late, '/approve');
    assert.match(await read(late.locator('main')), said(lang, 'handover-refused-wrong-stage'));
    await supervisor.goto(at(lang, '/handovers'));
    await looks(supervisor, 'handovers-list', { lang, says: ['handover-list', 'handover-stands-done', 'handover-stands-withdrawn'] });
    await other.context().close();
  }
  for (const page of [supervisor, administrator]) await page.context().close();
});

test('letters wait in the print room', { timeout: 120_000 }, async () => {
  const one = (await everybody(demo)).find(({ state, page: shown }) => state === 'review' && shown.includes('/post"'));
  const person = await openPage(browser);
  await person.goto(`${demo.url}/go/${one.link}`);
  const inquiry = `${demo.url}/en/inquiry/${one.number}`;
  await person.goto(`${inquiry}/post`);
  for (const [name, value] of [['post_street', '1 Main Street'], ['post_city', 'Los Angeles'], ['post_state', 'CA'], ['post_zip', '90012']]) {
    await person.fill(`[name="${name}"]`, value);
  }
  await submit(person, '/post');
  await person.goto(`${inquiry}/correct`);
  await person.fill('[name="email"]', '');
  await submit(person, '/correct');
  // Nobody is written to by a text who does not want one.
  if (await person.getByRole('button', { name: written('en', 'public-texts-stop') }).count()) await submit(person, '/texts');
  await person.goto(`${inquiry}/withdraw`);
  await submit(person, '/withdraw');
  await person.context().close();

  const clerk = await seat('clerk');
  for (let tries = 0; ; tries += 1) {
    await clerk.goto(at('en', '/post'));
    if (said('en', 'staff-post-print').test(await read(clerk.locator('main')))) break;
    assert.ok(tries < 100, 'no letter comes');
    await clerk.waitForTimeout(200);
  }
  for (const lang of LANGUAGES) {
    await opens(clerk, at(lang, '/post'), 'print-room', { lang, says: ['staff-post-print', 'staff-post-fold', 'staff-post-caption'] });
  }
  await submit(clerk, '/posted');
  await looks(clerk, 'print-room-empty', { lang: 'es', says: 'staff-post-empty' });
  await clerk.context().close();
});

test('news leave the focus where it is, at the counter and on the wall', { timeout: 120_000 }, async () => {
  const [clerk, colleague] = [await seat('clerk'), await seat('clerk2')];
  for (const page of [clerk, colleague]) await page.goto(at('en', '/office/LOS/day'));
  const waiting = clerk.locator('form[action$="/check-in"]', { has: clerk.locator('[type="hidden"][name="number"]') });
  const numbers = await waiting.locator('[name="number"]').evaluateAll((found) => found.map(({ value }) => value));
  const kept = waiting.nth(2).locator('button');
  await kept.focus();
  const arrived = async () => Number(/\d+/.exec((await read(clerk.locator('.desk-counts'))).split(written('en', 'staff-visit-arrived'))[1] ?? '')?.[0]);
  const before = await arrived();
  await press(colleague, colleague.locator('form[action$="/check-in"]', { has: colleague.locator(`[type="hidden"][value="${numbers[0]}"]`) }).locator('button'));
  await clerk.locator('form[action$="/check-in"]', { has: clerk.locator(`[type="hidden"][value="${numbers[0]}"]`) }).waitFor({ state: 'detached' });
  assert.equal(await arrived(), before + 1, 'the board has changed');
  const focused = () => clerk.evaluate(() => document.activeElement.closest('form')?.querySelector('[name="number"]')?.value);
  assert.equal(await focused(), numbers[2], 'the focus is where it was');

  const supervisor = await seat('supervisor', { colorScheme: 'dark' });
  await supervisor.goto(at('en', '/wallboard'));
  const tile = supervisor.locator('.wall-tile a').nth(1);
  await tile.focus();
  const href = await tile.getAttribute('href');
  const asked = supervisor.waitForResponse((answer) => answer.url().endsWith('/staff/wallboard') && answer.request().resourceType() !== 'document');
  await press(colleague, colleague.locator('form[action$="/check-in"]', { has: colleague.locator(`[type="hidden"][value="${numbers[1]}"]`) }).locator('button'));
  await asked;
  // When what came is laid over the page.
  await supervisor.waitForTimeout(500);
  assert.equal(await supervisor.evaluate(() => document.activeElement.getAttribute('href')), href);
  await checkPage(supervisor, 'state-wallboard-dark');
  for (const page of [clerk, colleague, supervisor]) await page.context().close();
});

test('what reaches many asks for a fresh proof', { timeout: 120_000 }, async () => {
  const administrator = await seat('administrator');
  for (const lang of LANGUAGES) {
    await administrator.goto(at(lang, '/people/new'));
    await administrator.fill('main [name="name"]', 'Somebody New');
    await administrator.fill('[name="sign-in"]', `new-${lang}`);
    await choose(administrator, await administrator.locator('[name="role"][value="operator"]').getAttribute('id'));
    const typed = administrator.url();
    // Meanwhile the proof with which they signed in has become old.
    const other = await openPage(browser);
    await other.goto(`${demo.url}/en`);
    const forward = other.locator('.demo button').first();
    await forward.evaluate((button) => { button.value = '20'; });
    await press(other, forward);
    await other.context().close();
    assert.equal(administrator.url(), typed);
    await submit(administrator, '/people/new');
    await looks(administrator, 'fresh-proof', { lang, says: ['account-proof-title', 'account-proof-kept'], status: 403 });
    const secret = administrator.locator('[name="proof-password"]');
    await secret.fill('wrong');
    await press(administrator, form(administrator, '/people/new').locator('button[type="submit"]').first());
    await looks(administrator, 'fresh-proof-refused', { lang, says: ['web-errors', 'account-proof-wrong'], status: 422 });
    await administrator.locator('[name="proof-password"]').fill(PASSWORD);
    await press(administrator, form(administrator, '/people/new').locator('button[type="submit"]').first());
    assert.match(await read(administrator.locator('main')), said(lang, 'people-shown-title'), 'what was typed was kept');
  }
  await administrator.context().close();
});

test('too many tries to sign in', { timeout: 60_000 }, async () => {
  for (const lang of LANGUAGES) {
    const page = await openPage(browser, { lang });
    const tries = Array.from({ length: 24 }, (_, n) =>
      page.request.post(at(lang, '/sign-in'), { form: { name: `guess-${lang}-${n}`, password: 'x' }, headers: { 'sec-fetch-site': 'same-origin' } }));
    await Promise.all(tries);
    await page.goto(at(lang, '/sign-in'));
    await page.fill('[name="name"]', 'guess');
    await page.fill('[name="password"]', 'x');
    await press(page, page.locator('main form').first().locator('button[type="submit"]'));
    await looks(page, 'sign-in-too-many', { lang, says: ['web-error-too-many', 'web-error-too-many-next'], status: 429 });
    await page.context().close();
  }
});

// Whoever has no pointer, does not see the page, or sees it four times as large: what a machine can tell of it, and axe does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { treeFaults } from './checks.mjs';
import { pathPrinted } from './demo.mjs';
import { launchBrowser, openPage, startDemo } from './harness.mjs';
import { counting, press } from './people.mjs';
import { begin, magnify, roomFaults, stopped, tab, tour } from './walk.mjs';

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

/** Presses Enter on what leads to another page, and makes ready to walk there. */
async function enter(page) {
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
  await begin(page);
  assert.deepEqual(await treeFaults(page), [], page.url());
}

/** Past what stands on every page: by the link that is first. */
async function skip(page, there) {
  const first = there ?? (await tab(page));
  assert.match(first.html, /usa-skipnav/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'main');
  await page.evaluate(() => window.walk.forget());
}

/** Goes on to the first stop that is wanted. */
async function goTo(page, wanted) {
  for (;;) {
    const stop = await tab(page);
    assert.ok(stop, `${page.url()}: the keyboard does not come to ${wanted}`);
    if (wanted(stop)) return stop;
  }
}

/** Answers at one stop, if there is something to answer. */
async function answer(page, { kind, name, value }, answers) {
  const { keyboard } = page;
  const wanted = answers[name];
  const now = () => page.evaluate(() => document.activeElement.value);
  if (kind === 'summary') {
    // Each group of choices is opened, and what is in it is next.
    if (!(await page.evaluate(() => document.activeElement.parentElement.open))) await keyboard.press('Space');
  } else if (wanted === undefined) {
    // What need not be said is passed over.
  } else if (kind === 'checkbox') {
    await keyboard.press('Space');
  } else if (kind === 'radio') {
    const there = await page.locator(`[name="${name}"][value="${wanted}"]`).isVisible();
    if (!there) return;
    if (value === wanted) await keyboard.press('Space');
    while ((await now()) !== wanted) {
      await keyboard.press('ArrowDown');
      assert.notEqual(await now(), value, `the arrows do not come to ${wanted}`);
    }
    await page.evaluate(() => window.walk.forget());
    await stopped(page);
    assert.equal(await page.evaluate(() => document.activeElement.checked), true);
  } else if (kind === 'select') {
    for (let n = 0; n < wanted; n += 1) await keyboard.press('ArrowDown');
  } else {
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type(wanted);
  }
}

const ANSWERS = {
  zip: '90012',
  reason: 'immigration-judge-grant',
  ask_judge_granted_month: 10,
  ask_judge_granted_day: '2',
  ask_judge_granted_year: '2026',
  ask_appeal_open: 'no',
  ask_cannot_wait: 'no',
  words: 'The judge granted my case. I need proof of my status.',
  papers: true,
  given: 'Kim',
  family: 'Example',
  born_month: 5,
  born_day: '17',
  born_year: '1980',
  phone: '(213) 555-0167',
  email: 'kim.example@example.org',
  phrase: 'blue river',
  behalf: 'no',
};

test('a request is filled in and sent by the keyboard alone', async () => {
  const page = await openPage(browser);
  await page.goto(`${demo.url}/en`);
  const counted = await counting(page);
  await tour(page);
  await skip(page, await stopped(page));
  await goTo(page, ({ kind, says }) => kind === 'a' && says === 'Ask for a meeting at an office');
  await enter(page);
  await skip(page);
  await goTo(page, ({ ended }) => ended);
  await enter(page);

  // What is wrong has the focus, and its link leads into the field.
  await skip(page);
  await goTo(page, ({ name }) => name === 'zip');
  await page.keyboard.type('9001');
  await goTo(page, ({ ended }) => ended);
  await enter(page);
  assert.equal((await stopped(page)).id, 'errors');
  await tab(page);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'zip');
  await page.evaluate(() => window.walk.forget());
  await answer(page, await stopped(page), ANSWERS);
  await goTo(page, ({ ended }) => ended);
  await enter(page);

  const steps = [];
  while (!page.url().endsWith('/received')) {
    assert.ok(!steps.includes(page.url()), `${page.url()} was not accepted: ${await page.locator('main').innerText()}`);
    steps.push(page.url());
    await skip(page);
    for (let stop = await tab(page); !stop.ended; stop = await tab(page)) await answer(page, stop, ANSWERS);
    await enter(page);
  }
  assert.match(steps.at(-1), /\/request\/check$/);
  await skip(page);
  await goTo(page, ({ kind, html }) => kind === 'a' && /\/inquiry\/\d{8}"/.test(html));
  await enter(page);
  assert.match(page.url(), /\/inquiry\/\d{8}$/);
  await tour(page);
  assert.equal((await counted()).presses, 0, 'no pointer was pressed');
  await page.context().close();
});

test('what screen readers are given of each page has names, one main part and headings in order', async () => {
  const page = await openPage(browser);
  const paths = ['status', 'inquiry', 'offices', 'topics', 'our-calls', 'statistics', 'call'].flatMap((path) => [`/en/${path}`, `/es/${path}`]);
  for (const path of ['/en', '/es', '/check', ...paths, pathPrinted(demo, '/go/')]) {
    const came = await page.goto(demo.url + path);
    assert.equal(came.status(), 200, path);
    assert.deepEqual(await treeFaults(page), [], path);
  }
  await page.goto(page.url().replace('/en/', '/es/'));
  assert.deepEqual(await treeFaults(page), [], page.url());
  await page.context().close();
});

test('news leave the focus where it is', async () => {
  const page = await openPage(browser);
  await page.goto(demo.url + pathPrinted(demo, '/go/'));
  const withdraw = page.locator('#now a[href$="/withdraw"]');
  await withdraw.focus();
  // The same person in another window: what they do there is news here.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await press(other, other.locator('form[action$="/visit/confirm"] button'));
  assert.match(other.url(), /done=visit-confirmed$/);
  await page.locator('#now form[action$="/visit/confirm"]').waitFor({ state: 'detached' });
  assert.equal(await withdraw.evaluate((link) => link === document.activeElement), true);
  await page.context().close();
});

test('at 400 percent nothing scrolls sideways, covers the page or is cut', async () => {
  const page = await openPage(browser);
  await magnify(page);
  const looks = async () => {
    assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight, devicePixelRatio]), [320, 256, 4]);
    assert.deepEqual(await roomFaults(page), [], page.url());
  };
  for (const lang of ['en', 'es']) {
    await page.goto(`${demo.url}/${lang}`);
    await looks();
    await page.goto(`${demo.url}/${lang}/request`);
    await looks();
    // Nothing is typed: the first question is asked again, with what is wrong above it.
    for (const _ of ['begin', 'nothing said']) {
      const loaded = page.waitForEvent('load');
      await page.locator('main form button[type="submit"]').last().focus();
      await page.keyboard.press('Enter');
      await loaded;
      await looks();
    }
    assert.equal(await page.locator('#errors').count(), 1);
  }
  await page.goto(demo.url + pathPrinted(demo, '/go/'));
  await looks();
  await page.goto(page.url().replace('/en/', '/es/'));
  await looks();
  await page.context().close();
});

/** A page of its own, made to fail. */
async function made(body, title = '<title>Need</title>') {
  const page = await openPage(browser, { width: 320, height: 256 });
  const head = `${title}<style>body { font: 16px sans-serif; margin: 0 }</style>`;
  await page.setContent(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`);
  return page;
}

test('the looks at tree and room find what is wrong', async () => {
  const good = await made(
    `<main><h1>Need</h1><h2>More</h2><a href="/a">A</a>
      <fieldset><legend>One</legend><label><input type="radio">1</label></fieldset></main>`,
  );
  assert.deepEqual(await treeFaults(good), []);
  assert.deepEqual(await roomFaults(good), []);
  const bad = await made(
    `<main><h2>Need</h2><h4>Skipped</h4><a href="/a">More</a> <a href="/b">More</a> <a href="/c"></a><button></button><input><select></select>
      <label><input type="radio" name="r">1</label>
      <label><input type="checkbox">2</label><label><input type="checkbox">3</label></main><main></main>`,
    '',
  );
  const faults = await treeFaults(bad);
  for (const fault of [
    /the page has no name/, /has 2 main landmarks/, /a link has no name/, /a button has no name/, /a textbox has no name/, /a combobox has no name/,
    /"More" leads to/, /has 0 headings of the first level/, /"Need" goes from level 0 to level 2/, /"Skipped" goes from level 2 to level 4/,
    /the radio "1" stands in no group/, /the checkbox "2" stands in no group/,
  ]) assert.ok(faults.some((found) => fault.test(found)), `${fault} is not among\n${faults.join('\n')}`);

  const tight = await made(
    `<div style="width:600px">wide</div><div style="position:fixed;height:200px;bottom:0">stays</div>
      <div style="width:10em;height:1.2em;overflow:hidden">just as long as it is</div>`,
  );
  const cramped = await roomFaults(tight);
  for (const fault of [/scrolls sideways: 600 px/, /200 of 256 px are taken/, /is cut when spaced: <div style="width:10em/]) {
    assert.ok(cramped.some((found) => fault.test(found)), `${fault} is not among\n${cramped.join('\n')}`);
  }
  for (const page of [good, bad, tight]) await page.context().close();
});

for (const [what, body, fault] of [
  ['what shows no focus', '<a href="/a" style="outline:0">A</a>', /does not show that it has the focus/],
  [
    'a circle without a ring',
    '<input type="radio" id="r" style="position:absolute;left:-999em"><label for="r">One</label>',
    /does not show that it has the focus/,
  ],
  ['what is off the screen', '<a href="/a" style="position:absolute;left:-99px">A</a>', /is not on the screen/],
  ['what is covered', '<a href="/a">A</a><div style="position:fixed;inset:0;background:#fff"></div>', /is covered by <div/],
  ['an order of its own', '<a href="/a">A</a><a href="/b" tabindex="1">B</a>', /has its own place in the order/],
  [
    'an order that is not seen',
    '<div style="display:flex;flex-direction:column-reverse"><a href="/a">A</a><a href="/b">B</a></div>',
    /comes out of turn/,
  ],
  ['a trap', '<a href="/a">A</a><input onkeydown="event.key === \'Tab\' && event.preventDefault()"><a href="/b">B</a>', /the focus stops at/],
  [
    'what the keyboard never comes to',
    '<a href="/a" onfocus="this.parentElement.lastChild.focus()">A</a><a href="/b">B</a><a href="/c">C</a>',
    /the focus stops at/,
  ],
]) {
  test(`the walk finds ${what}`, async () => {
    const page = await made(`<main>${body}</main>`);
    await assert.rejects(tour(page), fault);
    await page.context().close();
  });
}

test('the walk passes a good page', async () => {
  const page = await made('<main><a href="/a">A</a> <input aria-label="B"> <button>C</button></main>');
  await tour(page);
  await page.context().close();
});

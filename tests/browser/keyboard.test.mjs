// Whoever has no pointer, does not see the page, or sees it four times as large: what a machine can tell of it, and axe does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { treeFaults } from './checks.mjs';
import { pathPrinted } from './demo.mjs';
import { launchBrowser, openPage, startDemo } from './harness.mjs';
import { counting, press } from './people.mjs';

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

/** Gives the page `walk`, which knows how everything looks without the focus, and where the focus was. */
const begin = (page) =>
  page.evaluate(() => {
    /** Of a circle or a box that the design draws itself, its label is what people see. */
    const seen = (e) => (e.matches('[type="radio"], [type="checkbox"]') && e.labels[0]) || e;
    const ring = (style) => ({
      outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && !/, 0\)$|transparent/.test(style.outlineColor)
        ? `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`
        : '',
      shadow: style.boxShadow,
    });
    const look = (e) => {
      const rings = [getComputedStyle(seen(e)), getComputedStyle(seen(e), '::before')];
      if (e.getBoundingClientRect().right > 0) rings.push(getComputedStyle(e));
      return rings.map(ring);
    };
    const focusable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    const first = document.activeElement;
    const unfocused = new Map(focusable.filter((e) => e !== first).map((e) => [e, look(e)]));
    const boxOf = (e) => {
      const { left, right, top, bottom } = seen(e).getBoundingClientRect();
      return { left, right, top: top + scrollY, bottom: bottom + scrollY };
    };
    const say = (e) => e.outerHTML.slice(0, 100);
    let last = null;

    /** Is nothing else drawn over it, anywhere? */
    const covers = (e) => {
      for (const { left, right, top, bottom, width, height } of seen(e).getClientRects()) {
        if (width < 1 || height < 1) continue;
        const [x, y] = [Math.min(6, width / 4), Math.min(6, height / 4)];
        const corners = [[left + x, top + y], [right - x, top + y], [left + x, bottom - y], [right - x, bottom - y]];
        for (const [px, py] of [...corners, [(left + right) / 2, (top + bottom) / 2]]) {
          const over = document.elementFromPoint(px, py);
          if (over && !seen(e).contains(over) && !e.contains(over)) return over;
        }
      }
      return null;
    };

    window.walk = {
      forget: () => { last = null; },
      /** Has the focus where it was last. */
      again: () => { const { e } = last; last = null; e.focus(); },
      /** How many stops there are for whoever goes through all of the page. */
      stops: () => {
        const may = (e) => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden';
        return focusable.filter((e) => may(e) && e.checkVisibility({ visibilityProperty: true })).length;
      },
      /** What has the focus, and what is wrong with that. */
      stop: (back) => {
        const e = document.activeElement;
        if (!e || e === document.body || e === document.documentElement) return null;
        const faults = [];
        const box = seen(e).getBoundingClientRect();
        const inside = box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
        const visible = seen(e).checkVisibility({ visibilityProperty: true, opacityProperty: true });
        if (box.width < 1 || box.height < 1 || !visible || !inside) {
          faults.push(`has the focus and is not on the screen: ${say(e)} ${JSON.stringify(box)}`);
        } else {
          const over = covers(e);
          if (over) faults.push(`has the focus and is covered by ${say(over)}: ${say(e)}`);
        }
        const before = unfocused.get(e);
        const shown = look(e).some(({ outline, shadow }, n) => {
          const was = before?.[n] ?? { outline: '', shadow };
          return (outline !== '' && outline !== was.outline) || shadow !== was.shadow;
        });
        // What the browser itself puts into a field, such as the calendar of a date, is no element: it must be looked at.
        const part = !e.matches(':focus');
        if (!shown && !part) faults.push(`does not show that it has the focus: ${say(e)}`);
        if (e.tabIndex > 0) faults.push(`has its own place in the order: ${say(e)}`);
        const here = boxOf(e);
        if (last && last.e !== e) {
          const turn = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
          const follows = Boolean(last.e.compareDocumentPosition(e) & turn);
          const [a, b] = back ? [here, last.box] : [last.box, here];
          const beside = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
          const goesBack = b.bottom <= a.top || (beside && b.left < a.left - 1);
          if (!follows || goesBack) faults.push(`comes out of turn after ${say(last.e)}: ${say(e)}`);
        }
        last = { e, box: here };
        const { tagName, type, name = '', value = '', id } = e;
        return {
          faults,
          part: part && { x: box.right - 40, y: box.top + 3, width: 37, height: box.height - 6 },
          id,
          name,
          value,
          kind: tagName === 'INPUT' ? type : tagName.toLowerCase(),
          says: e.innerText?.trim(),
          html: say(e),
          /** Does it send what was filled in? */
          ended: e.matches('main button[type="submit"]'),
        };
      },
    };
  });

/** One step on with the keyboard; null when the focus has left the page. */
async function tab(page, back = false) {
  await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  return stopped(page, back);
}

async function stopped(page, back = false) {
  const stop = await page.evaluate((b) => window.walk.stop(b), back);
  if (stop) assert.deepEqual(stop.faults, [], page.url());
  if (stop?.part) {
    const focused = await page.screenshot({ clip: stop.part });
    await page.keyboard.press(back ? 'Tab' : 'Shift+Tab');
    const without = await page.screenshot({ clip: stop.part });
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    assert.ok(!focused.equals(without), `${page.url()}: a part of ${stop.html} does not show that it has the focus`);
  }
  return stop;
}

/** Through the whole page and all the way back: every stop is passed, and nothing holds the focus. */
async function tour(page) {
  await begin(page);
  const most = await page.evaluate(() => window.walk.stops());
  const there = [];
  for (let stop; there.length <= most && (stop = await tab(page)); ) there.push(stop.html);
  assert.equal(there.length, most, `${page.url()}: the focus stops at\n${there.join('\n')}`);
  // From outside of the page a browser comes back where it likes: the way back begins at the last stop.
  await page.evaluate(() => window.walk.again());
  const back = [(await stopped(page, true)).html];
  while (back.length < most) back.push((await tab(page, true))?.html);
  assert.deepEqual(back, there.toReversed(), 'the way back is the same');
  await page.evaluate(() => window.walk.forget());
}

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

/** A window of 1280 by 1024 in which everything is four times as large. */
async function magnify(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setDeviceMetricsOverride', { width: 320, height: 256, deviceScaleFactor: 4, mobile: false });
}

/** What does not fit a page that is magnified, as it is and with the spacing that readers may ask for (WCAG 1.4.12). */
async function roomFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const root = document.documentElement;
    const say = (e) => e.outerHTML.slice(0, 100);
    const all = [...document.body.querySelectorAll('*')].filter((e) => e.checkVisibility({ visibilityProperty: true }));
    const wide = (how) => {
      if (root.scrollWidth <= root.clientWidth) return;
      const names = all.filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3).map(say);
      faults.push(`scrolls sideways${how}: ${root.scrollWidth} px in ${root.clientWidth} px; ${names.join(' … ')}`);
    };
    wide('');
    const stays = all.filter((e) => ['fixed', 'sticky'].includes(getComputedStyle(e).position));
    const taken = stays.reduce((sum, e) => sum + e.getBoundingClientRect().height, 0);
    if (taken > innerHeight / 2) faults.push(`${taken} of ${innerHeight} px are taken by what does not scroll: ${stays.map(say).join(' … ')}`);

    const spacing = new CSSStyleSheet();
    spacing.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets.push(spacing);
    wide(' when spaced');
    for (const e of all) {
      const { overflowX, overflowY } = getComputedStyle(e);
      // Fields scroll what is written in them. What is there for listeners only is a point.
      if (e.matches('input, select, textarea, .usa-sr-only') || e.clientWidth <= 1 || e.clientHeight <= 1) continue;
      const cut = (how, needs, has) => ['hidden', 'clip'].includes(how) && needs > has + 1;
      const short = cut(overflowX, e.scrollWidth, e.clientWidth) || cut(overflowY, e.scrollHeight, e.clientHeight);
      if (short) faults.push(`is cut when spaced: ${say(e)}`);
    }
    document.adoptedStyleSheets.pop();
    return faults;
  });
}

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

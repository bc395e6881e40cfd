// How somebody goes through a page who has no pointer, and how it looks to whoever needs it four times as large.

import assert from 'node:assert/strict';

/** Gives the page `walk`, which knows how everything looks without the focus, and where the focus was. */
export const begin = (page) =>
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
    const met = new Set();
    const may = (e) => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility({ visibilityProperty: true });

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

    /** Does what comes next stand in a column beside that of what came before? */
    const beside = (first, next) => {
      let around = first;
      while (!around.contains(next)) around = around.parentElement;
      if (around === first) return false;
      const column = (e) => (e.parentElement === around ? e : column(e.parentElement));
      const [one, other] = [first, next].map((e) => column(e).getBoundingClientRect());
      return other.left >= one.right - 1 && Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top);
    };

    window.walk = {
      forget: () => { last = null; },
      /** Has the focus where it was last. */
      again: () => { const { e } = last; last = null; e.focus(); },
      /** How many stops there are for whoever goes through all of the page. */
      stops: () => focusable.filter(may).length,
      /** What the focus has not come to. Of circles that belong together it comes to one. */
      missed: () => {
        const together = (a, b) => a.type === 'radio' && b.type === 'radio' && a.name === b.name && a.form === b.form;
        return focusable.filter((e) => may(e) && ![...met].some((one) => one === e || together(one, e))).map(say);
      },
      /** What has the focus, and what is wrong with that. */
      stop: (back) => {
        const e = document.activeElement;
        if (!e || e === document.body || e === document.documentElement) return null;
        // A browser without a frame of its own may go on from the last to the first.
        if (!back && last && e === [...met][0] && window.walk.missed().length === 0) return null;
        met.add(e);
        const faults = [];
        const box = seen(e).getBoundingClientRect();
        // Of what is long, and of what is written in where the caret is, a part is enough.
        const long = e.matches('textarea') || box.height > innerHeight;
        const shows = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
        const inside = box.left >= -1 && box.right <= innerWidth + 1 && shows >= (long ? 24 : box.height - 2);
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
          const level = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
          const goesBack = b.bottom <= a.top || (level && b.left < a.left - 1);
          const inColumn = follows && beside(...(back ? [e, last.e] : [last.e, e]));
          if (!follows || (goesBack && !inColumn)) faults.push(`comes out of turn after ${say(last.e)}: ${say(e)}`);
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
export async function tab(page, back = false) {
  await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  return stopped(page, back);
}

export async function stopped(page, back = false) {
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

/**
 * Through the whole page, with all that is folded up unfolded: everything that can be acted on is come to, and then the focus leaves.
 * Fields of which a browser makes several stops, and circles of which it makes one, may be on it.
 */
export async function everything(page) {
  await page.evaluate(() => {
    document.querySelectorAll('details').forEach((one) => { one.open = true; });
    // What had the focus when the page came is where a browser would go on from: it begins above everything.
    const above = document.createElement('span');
    above.tabIndex = -1;
    document.body.prepend(above);
    above.focus();
    above.remove();
  });
  await begin(page);
  const most = 8 * (await page.evaluate(() => window.walk.stops()));
  let stop = await tab(page);
  for (let n = 0; stop; n += 1, stop = await tab(page)) assert.ok(n < most, `${page.url()}: the focus does not leave ${stop.html}`);
  assert.deepEqual(await page.evaluate(() => window.walk.missed()), [], `${page.url()}: the focus does not come to`);
}

/** Through the whole page and all the way back: every stop is passed, and nothing holds the focus. */
export async function tour(page) {
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

/** A window of 1280 by 1024 in which everything is four times as large. */
export async function magnify(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setDeviceMetricsOverride', { width: 320, height: 256, deviceScaleFactor: 4, mobile: false });
  return client;
}

/** Does something in such a window, and leaves the page as it was. */
export async function magnified(page, what) {
  const before = page.viewportSize();
  const client = await magnify(page);
  await what();
  await client.detach();
  // The one that is set already would not be set again.
  await page.setViewportSize({ width: before.width, height: before.height + 1 });
  await page.setViewportSize(before);
}

/** What moves, or would move, for somebody whose settings ask that nothing does. */
export async function motionFaults(page) {
  return page.evaluate(() => {
    const longest = 0.01;
    const faults = [];
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) faults.push('the browser was not asked for less motion');
    const say = (e) => e.outerHTML.slice(0, 100);
    const seconds = (list) => Math.max(...list.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1)));
    for (const e of document.querySelectorAll('*')) {
      for (const part of [undefined, '::before', '::after']) {
        const style = getComputedStyle(e, part);
        if (seconds(style.transitionDuration) > longest) faults.push(`changes slowly: ${say(e)} ${part ?? ''} ${style.transition}`);
        if (style.animationName !== 'none' && seconds(style.animationDuration) > longest) faults.push(`moves: ${say(e)} ${part ?? ''}`);
      }
      if (getComputedStyle(e).scrollBehavior === 'smooth') faults.push(`scrolls slowly: ${say(e)}`);
    }
    for (const one of document.getAnimations()) {
      if (one.playState === 'running' && one.effect.getComputedTiming().activeDuration > 1000 * longest) faults.push(`runs: ${say(one.effect.target)}`);
    }
    return faults;
  });
}

/** What does not fit a page that is magnified, as it is and with the spacing that readers may ask for (WCAG 1.4.12). */
export async function roomFaults(page) {
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
    // What is wider than the window and cannot be laid out otherwise scrolls by itself, and the keyboard can do that.
    for (const e of all) {
      const scrolls = ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
      if (!scrolls || e.matches('input, select, textarea')) continue;
      const named = e.tabIndex >= 0 && e.matches('[role="region"]:is([aria-label], [aria-labelledby])');
      if (!named || !e.querySelector('table, pre, code, ol')) faults.push(`scrolls sideways by itself: ${say(e)}`);
    }
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

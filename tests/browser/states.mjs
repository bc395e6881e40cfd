// A page in one of its states: that it is in this state, and all that must hold of it, for whoever sees, hears, types or magnifies it.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { treeFaults } from './checks.mjs';
import { checkPage } from './harness.mjs';
import { everything, magnified, motionFaults, roomFaults } from './walk.mjs';

export const LANGUAGES = ['en', 'es'];
export const PASSWORD = 'open-the-anteroom';

const LOCALES = fileURLToPath(new URL('../../locales/', import.meta.url));
const texts = new Map();

/** A text of the pages as it is written. */
export function written(lang, key) {
  if (!texts.has(lang)) {
    const files = readdirSync(join(LOCALES, lang)).map((file) => readFileSync(join(LOCALES, lang, file), 'utf8'));
    texts.set(lang, files.join('\n'));
  }
  const text = new RegExp(`^${key} = (.+)$`, 'm').exec(texts.get(lang))?.[1];
  if (!text || /\{[^}]*->/.test(text)) throw new Error(`${key} is no text of one line in ${lang}`);
  return text;
}

/** A text of the pages as an expression: what is put into it may be anything. */
export function said(lang, key) {
  const parts = written(lang, key).split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('[^]*?'));
}

/** What is read on a page or in a part of it, without the marks that keep apart what is put into a sentence. */
export const read = async (locator) => (await locator.innerText()).replaceAll(/[\u2066-\u2069]/g, '');

/**
 * Looks at a page in a state, at 320 and at 1280 px, in a window magnified four times, by the keyboard, and for whoever wants nothing
 * to move. Throws with the first kind of fault. The keyboard goes through it in one language: it comes to the same in each.
 *
 * @param {import('playwright-core').Page} page one opened with `openPage`
 * @param {string} name what the state is called when something is wrong
 * @param {{ lang: string, says: string | RegExp | (string | RegExp)[], status?: number, tolerate?: number[] }} expected `says` is what tells
 *   that the page is in this state: keys of its texts, or expressions
 */
export async function looks(page, name, { lang, says, ...expected }) {
  const main = await read(page.locator('main'));
  for (const one of [says].flat()) {
    assert.match(main, one instanceof RegExp ? one : said(lang, one), `${name} (${page.url()}) is in another state`);
  }
  // What is folded up is looked at as well.
  await page.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = true; }));
  await checkPage(page, `state-${name}-${lang}`, { lang, pictures: false, ...expected });
  assert.deepEqual(await treeFaults(page), [], `${name} (${page.url()})`);
  assert.deepEqual(await motionFaults(page), [], `${name} (${page.url()})`);
  await magnified(page, async () => assert.deepEqual(await roomFaults(page), [], `${name} (${page.url()})`));
  if (lang === LANGUAGES[0]) await everything(page);
}

/** Opens an address, and looks at it. */
export async function opens(page, url, name, expected) {
  await page.goto(url);
  await looks(page, name, expected);
}

/**
 * Everybody who was written to by e-mail: their number, the link they have, in which language, and the state their page tells, by the
 * key of its sentence.
 *
 * @param {{ url: string, data: string }} demo
 */
export async function everybody(demo) {
  const folder = join(demo.data, 'mail');
  const links = new Map();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.eml')).sort()) {
    const text = readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '');
    const number = /\((\d{4}) (\d{4})\)/.exec(text);
    const link = /\/go\/([\w.-]+)/.exec(text)?.[1];
    if (number && link) links.set(number[1] + number[2], link);
  }
  const states = [
    'review', 'reviewed', 'papers', 'promised', 'talking', 'calling', 'spoken', 'unreached', 'to-book', 'booked', 'checked-in', 'closed',
  ];
  const closings = ['served', 'by-phone', 'by-mail', 'elsewhere', 'withdrawn'];
  const is = (page, kind, names) => names.find((one) => said('en', `public-${kind}-${one}`).test(page));
  const all = [];
  for (const [number, link] of links) {
    const went = await fetch(`${demo.url}/go/${link}`, { redirect: 'manual' });
    const cookie = went.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const answer = await fetch(`${demo.url}/en/inquiry/${number}`, { headers: { cookie } });
    if (!answer.ok) continue;
    const page = (await answer.text()).replaceAll(/[\u2066-\u2069]/g, '');
    const where = page.split(`<h2>${written('en', 'public-where')}</h2>`)[1].split('</section>')[0];
    const state = is(where, 'stage', states);
    all.push({ number, link, page, state, closing: state === 'closed' ? is(where, 'closed', closings) : undefined });
  }
  return all;
}

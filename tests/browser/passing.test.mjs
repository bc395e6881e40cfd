// A caller is passed on between operators. With a telephone that says a tone, two browsers whose microphones say another one
// each, and real sound between them: who hears whom is told by the tones.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dial, freePort, toneFile } from './caller.mjs';
import { MICROPHONE, checkPage, launchBrowser, openPage, overhear, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';
/** What the caller says, and each operator, in hertz: no whole multiples of each other. */
const [CALLER, TOM, PAULA] = [700, 1150, 1750];
const folder = mkdtempSync(join(tmpdir(), 'anteroom-tones-'));

let browsers;
let demo;
let line;
let caller;

/** A browser whose microphone says a tone. */
async function browserSaying(tone) {
  const file = join(folder, `${tone}.wav`);
  writeFileSync(file, toneFile(tone));
  return launchBrowser([...MICROPHONE, `--use-file-for-fake-audio-capture=${file}`, '--autoplay-policy=no-user-gesture-required']);
}

before(async () => {
  line = `127.0.0.1:${await freePort()}`;
  const args = ['--sip', line, '--at', '2026-11-24T09:30:00-08:00'];
  [demo, ...browsers] = await Promise.all([startDemo({ args }), browserSaying(TOM), browserSaying(PAULA)]);
});

after(async () => {
  caller?.close();
  await Promise.all((browsers ?? []).map((browser) => browser.close()));
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const phone = (page, state) => page.locator(`[data-phone="${state}"]`);
const duty = (page, status) => page.locator(`[data-duty="${status}"]`);
const press = (page, act) => page.locator(`#line button[name="do"][value="${act}"]`).click();

/** Signs in, connects the browser and is ready. */
async function sitDown(browser, name) {
  const page = await openPage(browser, { lang: 'en' });
  await overhear(page);
  await signIn(page, demo.url, { name, password: PASSWORD }, '/en/staff/sign-in');
  await page.goto(`${demo.url}/en/staff/line`);
  const on = page.locator('#browser [data-when="on"]');
  await page.locator('#connect').or(on).first().waitFor();
  if (await page.locator('#connect').isVisible()) await page.locator('#connect').click();
  await on.waitFor();
  await phone(page, 'idle').waitFor();
  // Whatever came of the test before.
  await press(page, 'not-ready');
  await duty(page, 'not-ready').waitFor();
  return page;
}

async function beReady(page) {
  await press(page, 'ready');
  await duty(page, 'ready').waitFor();
}

/** How strong each of the tones is in what a page hears now, in decibels. */
const tones = (page) =>
  page.evaluate(async (frequencies) => {
    const connection = window.connections.findLast((one) => one.connectionState === 'connected');
    const track = connection.getReceivers()[0].track;
    const context = (window.ear ??= new AudioContext());
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    source.disconnect();
    const bin = context.sampleRate / 8192;
    return frequencies.map((frequency) => Math.max(...spectrum.slice(Math.round(frequency / bin) - 2, Math.round(frequency / bin) + 3)));
  }, [CALLER, TOM, PAULA]);

/** Waits until somebody hears these tones and none of the others. */
async function hears(who, name, wanted) {
  const all = [CALLER, TOM, PAULA];
  let last;
  for (let tries = 0; tries < 30; tries += 1) {
    const loud = who.hears
      ? all.map((tone) => who.hears(tone) > 300)
      : (await tones(who)).map((level) => level > -60);
    last = all.filter((_, n) => loud[n]);
    if (last.join() === wanted.join()) return;
    await new Promise((resolve) => { setTimeout(resolve, 400); });
  }
  assert.deepEqual(last, wanted, `what ${name} hears`);
}

/** Chooses to whom in the form. */
async function choose(page, whom) {
  const form = page.locator('#pass-on');
  if (!(await form.evaluate((details) => details.open))) await form.locator('summary').click();
  const choice = await form.locator('select[name="to"] option', { hasText: whom }).first().getAttribute('value');
  await form.locator('select[name="to"]').selectOption(choice);
}

/** Passes the caller on with the form. */
async function passOn(page, whom, why) {
  await choose(page, whom);
  await page.locator('#pass-on select[name="why"]').selectOption(why);
  await press(page, 'transfer');
}

/** Somebody calls, asks for a person, and is answered. */
async function callAndAnswer(page) {
  caller = await dial(line, { tone: CALLER });
  await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  caller.press('0');
  await phone(page, 'ringing').waitFor({ timeout: 60_000 });
  await press(page, 'answer');
  await phone(page, 'talking').waitFor();
}

test('a caller is passed on, given back, and passed on again', async () => {
  const tom = await sitDown(browsers[0], 'operator');
  await beReady(tom);
  const paula = await sitDown(browsers[1], 'operator2');

  await callAndAnswer(tom);
  await hears(tom, 'Tom', [CALLER]);
  await hears(caller, 'the caller', [TOM]);

  await tom.locator('#pass-on > summary').click();
  await checkPage(tom, 'line-pass-on');
  // Not ready: Paula is not rung, and Tom is told so with the caller still there.
  await passOn(tom, 'Paula', 'language');
  await tom.locator('#line [role="alert"]', { hasText: 'Nobody can be reached' }).waitFor();
  await hears(caller, 'the caller', [TOM]);

  await beReady(paula);
  await passOn(tom, 'Paula', 'language');
  await phone(tom, 'ended').filter({ hasText: 'passed on' }).waitFor();
  await phone(paula, 'ringing').waitFor();
  const says = async () => (await paula.locator('#passed').innerText()).replaceAll(/[\u2066-\u2069]/g, '');
  assert.match(await says(), /Passed on by Tom Brandt: Needs another language/);
  await checkPage(paula, 'line-passed-ringing');

  // Declined: the caller has gone nowhere, and is the next one of whoever is ready.
  await press(paula, 'decline');
  await duty(paula, 'not-ready').waitFor();
  await press(tom, 'ready');
  await phone(tom, 'ringing').waitFor({ timeout: 60_000 });
  await press(tom, 'answer');
  await phone(tom, 'talking').waitFor();
  await hears(tom, 'Tom', [CALLER]);
  await hears(caller, 'the caller', [TOM]);

  await beReady(paula);
  await passOn(tom, 'Paula', 'knowledge');
  await phone(paula, 'ringing').waitFor();
  assert.match(await says(), /A colleague knows this better/);
  await press(paula, 'answer');
  await phone(paula, 'talking').waitFor();
  await hears(paula, 'Paula', [CALLER]);
  await hears(caller, 'the caller', [PAULA]);

  // To the line in Spanish: of the two only Paula speaks it, though Tom has waited longer.
  await duty(tom, 'wrap-up').waitFor();
  await press(tom, 'ready');
  await passOn(paula, /in .?Spanish/, 'language');
  await duty(paula, 'wrap-up').waitFor();
  await beReady(paula);
  await phone(paula, 'ringing').waitFor({ timeout: 30_000 });
  await duty(tom, 'ready').waitFor();
  await press(paula, 'answer');
  await phone(paula, 'talking').waitFor();
  await hears(caller, 'the caller', [PAULA]);
  await caller.hangUp();
  await duty(paula, 'wrap-up').waitFor();
  await tom.context().close();
  await paula.context().close();
});

test('a colleague is asked, speaks with both, and takes the caller over', async () => {
  const tom = await sitDown(browsers[0], 'operator');
  await beReady(tom);
  const paula = await sitDown(browsers[1], 'operator2');
  await callAndAnswer(tom);
  await hears(caller, 'the caller', [TOM]);

  await choose(tom, 'Paula');
  await press(tom, 'consult');
  await phone(tom, 'held').filter({ hasText: 'Calling' }).waitFor();
  await phone(paula, 'asked').filter({ hasText: 'Tom Brandt' }).waitFor();
  await checkPage(paula, 'line-asked');
  await press(paula, 'answer');
  await phone(paula, 'consulted').waitFor();
  await hears(tom, 'Tom', [PAULA]);
  await hears(paula, 'Paula', [TOM]);
  await hears(caller, 'the caller, who holds,', []);
  await checkPage(tom, 'line-consulting');

  await press(tom, 'join');
  await phone(tom, 'talking').filter({ hasText: 'All three speak' }).waitFor();
  await hears(caller, 'the caller', [TOM, PAULA]);
  await hears(tom, 'Tom', [CALLER, PAULA]);
  await hears(paula, 'Paula', [CALLER, TOM]);

  await press(tom, 'cancel');
  await phone(paula, 'idle').waitFor();
  await hears(caller, 'the caller', [TOM]);
  await hears(tom, 'Tom', [CALLER]);

  await choose(tom, 'Paula');
  await press(tom, 'consult');
  await press(paula, 'answer');
  await phone(paula, 'consulted').waitFor();
  await press(tom, 'complete');
  await phone(tom, 'ended').filter({ hasText: 'passed on' }).waitFor();
  await phone(paula, 'talking').waitFor();
  await hears(caller, 'the caller', [PAULA]);
  await hears(paula, 'Paula', [CALLER]);
  await caller.hangUp();
  await duty(paula, 'wrap-up').waitFor();
  await tom.context().close();
  await paula.context().close();
});

test('a page that is loaded anew has its call again, and a browser that does not come back gives it to the next', async () => {
  const tom = await sitDown(browsers[0], 'operator');
  await beReady(tom);
  const paula = await sitDown(browsers[1], 'operator2');
  await callAndAnswer(tom);
  await hears(caller, 'the caller', [TOM]);
  await tom.reload();
  await tom.locator('#browser [data-when="on"]').waitFor();
  await phone(tom, 'talking').waitFor();
  await hears(caller, 'the caller', [TOM]);
  await hears(tom, 'Tom', [CALLER]);

  await beReady(paula);
  await tom.context().close();
  const gone = performance.now();
  await phone(paula, 'ringing').waitFor({ timeout: 60_000 });
  assert.ok(performance.now() - gone > 10_000, 'it had time to come back');
  await press(paula, 'answer');
  await phone(paula, 'talking').waitFor();
  await hears(caller, 'the caller', [PAULA]);
  await caller.hangUp();
  await duty(paula, 'wrap-up').waitFor();
  await paula.context().close();
});

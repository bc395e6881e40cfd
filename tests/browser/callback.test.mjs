// An officer calls back from the browser: the called telephone is sipp, which is busy first, and then rings, is heard before it
// is answered, and sends back what it hears. With a real browser, a made-up microphone, and real sound both ways.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from './caller.mjs';
import { watch } from './checks.mjs';
import { MICROPHONE, checkPage, heard, launchBrowser, openPage, overhear, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';
const folder = mkdtempSync(join(tmpdir(), 'anteroom-sipp-'));

let browser;
let demo;
let theirs;
let ringing;

/** The called telephone, for one call. */
async function telephone(scenario, ...more) {
  const file = fileURLToPath(new URL(`./sipp/${scenario}.xml`, import.meta.url));
  const media = await freePort();
  const child = spawn(
    'sipp',
    ['-sf', file, '-i', '127.0.0.1', '-p', `${theirs}`, '-mi', '127.0.0.1', '-mp', `${media}`, '-m', '1', '-nostdin', ...more],
    { cwd: folder, stdio: 'ignore' },
  );
  ringing = child;
  const ended = once(child, 'exit').then(([code]) => code);
  return { ended };
}

before(async () => {
  theirs = await freePort();
  const ours = await freePort();
  const args = ['--sip', `127.0.0.1:${ours}`, '--telephone', `127.0.0.1:${theirs}`, '--at', '2026-11-24T09:30:00-08:00'];
  [demo, browser] = await Promise.all([startDemo({ args }), launchBrowser(MICROPHONE)]);
});

after(async () => {
  ringing?.kill('SIGKILL');
  await browser?.close();
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The telephone in a state. */
const phone = (page, state) => page.locator(`[data-phone="${state}"]`);

/** Calls from the inquiry's page. */
async function call(matter) {
  const form = matter.locator('form[action$="/call"]');
  await matter.locator('details', { has: form }).evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  assert.ok(await form.locator('input[value="browser"]').isChecked(), 'the browser is a telephone now, and is proposed');
  await form.locator('button[type="submit"]').last().click();
}

test('busy is noted and tried again; then both hear each other', async () => {
  const officer = await openPage(browser, { lang: 'en' });
  await overhear(officer);
  await signIn(officer, demo.url, { name: 'officer', password: PASSWORD }, '/en/staff/sign-in');
  await officer.goto(`${demo.url}/en/staff/line`);
  await officer.locator('#connect').or(officer.locator('#browser [data-when="on"]')).first().waitFor();
  if (await officer.locator('#connect').isVisible()) await officer.locator('#connect').click();
  await phone(officer, 'idle').waitFor();

  const matter = await officer.context().newPage();
  watch(matter);
  await matter.goto(`${demo.url}/en/staff/callbacks`);
  await matter.locator('main a[href$="#call"]').first().click();
  await matter.waitForLoadState();
  const page = matter.url().replace(/#.*$/, '');

  const busy = await telephone('busy');
  await call(matter);
  assert.equal(await busy.ended, 0, 'it was called, and said that it is busy');
  await officer.locator('[data-phone="ended"]', { hasText: 'Busy' }).waitFor();
  await matter.goto(page);
  const tries = matter.locator('section[aria-labelledby="tries"]');
  await tries.waitFor();
  // Without the marks that keep what is put in apart from the sentence around it.
  const says = (await tries.innerText()).replaceAll(/[\u2066-\u2069]/g, '');
  assert.match(says, /Busy[^]*Next call .*because: Busy\./);
  await checkPage(matter, 'staff-inquiry-busy-en');

  const echo = await telephone('echo', '-rtp_echo');
  await call(matter);
  // What the network lets be heard before anybody answers: here the officer's own beeps.
  await phone(officer, 'dialling').filter({ hasText: 'Listen' }).waitFor();
  const early = await heard(officer);
  await officer.waitForTimeout(2_500);
  assert.ok((await heard(officer)).energy - early.energy > 0.0005, 'it is heard before it is answered');
  await phone(officer, 'talking').waitFor();
  const talking = await heard(officer);
  await officer.waitForTimeout(2_500);
  assert.ok((await heard(officer)).energy - talking.energy > 0.0005, 'both ways: what was said comes back');
  await checkPage(officer, 'line-callback-talking');
  await officer.locator('#line button[name="do"][value="hang-up"]').click();
  assert.equal(await echo.ended, 0, 'the call was ended as it should be');
  await phone(officer, 'ended').waitFor();
  await officer.context().close();
});

// An operator at the telephone in the browser: connects, is rung for a visitor who waits, answers, holds, writes down what
// came of it. With real browsers, made-up microphones, and real sound between them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MICROPHONE, checkPage, heard, launchBrowser, openPage, overhear, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;

before(async () => {
  const args = ['--sip', 'off', '--at', '2026-11-24T09:30:00-08:00'];
  [demo, browser] = await Promise.all([startDemo({ args }), launchBrowser(MICROPHONE)]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The sentence that the browser's part says now. */
const said = (page, when) => page.locator(`#browser [data-when="${when}"]`);
/** The telephone in a state. */
const phone = (page, state) => page.locator(`[data-phone="${state}"]`);
/** Where the operator stands. */
const duty = (page, status) => page.locator(`[data-duty="${status}"]`);
const press = (page, act) => page.locator(`#line button[name="do"][value="${act}"]`).click();

/** A page whose connections the test can listen to. */
async function listening(options) {
  const page = await openPage(browser, options);
  await overhear(page);
  return page;
}

/** Signs in and opens the telephone. */
async function sitDown(page, lang, name) {
  await signIn(page, demo.url, { name, password: PASSWORD }, `/${lang}/staff/sign-in`);
  await page.goto(`${demo.url}/${lang}/staff/line`);
}

/** Connects the browser, unless it has done so by itself. */
async function connect(page) {
  await page.locator('#connect').or(said(page, 'on')).first().waitFor();
  if (await page.locator('#connect').isVisible()) await page.locator('#connect').click();
  await said(page, 'on').waitFor();
}

test('a visitor presses 0 and speaks with an operator', async () => {
  const operator = await listening({ lang: 'en' });
  await sitDown(operator, 'en', 'operator');
  await checkPage(operator, 'line-before');
  await connect(operator);
  await phone(operator, 'idle').waitFor();
  await press(operator, 'ready');
  await duty(operator, 'ready').waitFor();
  await checkPage(operator, 'line-ready');

  const visitor = await listening({ lang: 'en', width: 320 });
  await visitor.goto(`${demo.url}/en/call`);
  await visitor.locator('#dial').click();
  await visitor.locator('[data-when="line"]').waitFor();
  await visitor.waitForTimeout(1_000);
  await visitor.locator('[data-key="0"]').click();

  // It rings without a reload, and says so to whoever does not see it.
  await phone(operator, 'ringing').waitFor({ timeout: 60_000 });
  assert.match(await operator.locator('#phone-alert').textContent(), /Press Answer/);
  await checkPage(operator, 'line-ringing');
  await press(operator, 'answer');
  await phone(operator, 'talking').waitFor();
  await visitor.locator('[data-when="talking"]').waitFor();
  await visitor.waitForTimeout(1_500);
  const [before, there] = [await heard(operator), await heard(visitor)];
  await visitor.waitForTimeout(2_500);
  assert.ok((await heard(operator)).energy - before.energy > 0.0005, 'the operator hears the visitor');
  assert.ok((await heard(visitor)).energy - there.energy > 0.0005, 'the visitor hears the operator');

  // What is unfolded stays so, and the connection is the same one after every form.
  await operator.locator('#keypad > summary').click();
  await checkPage(operator, 'line-talking');
  await press(operator, 'hold');
  await phone(operator, 'held').waitFor();
  assert.ok(await operator.locator('#keypad').evaluate((details) => details.open));
  await press(operator, 'take-back');
  await phone(operator, 'talking').waitFor();
  await operator.locator('#mute').click();
  assert.equal(await operator.locator('#mute').getAttribute('aria-pressed'), 'true');
  assert.equal(await operator.evaluate(() => window.connections.length), 1);

  await press(operator, 'hang-up');
  await duty(operator, 'wrap-up').waitFor();
  // The line goes on with the visitor where it was.
  await visitor.locator('[data-when="line"]').waitFor();
  await checkPage(operator, 'line-wrap-up');
  await operator.locator('label[for="disposition-0"]').click();
  await press(operator, 'dispose');
  await operator.locator('#disposition-0:checked').waitFor({ state: 'attached' });
  await press(operator, 'not-ready');
  await duty(operator, 'not-ready').waitFor();
  await visitor.context().close();
  await operator.context().close();
});

test('one window has the telephone, and another can take it', async () => {
  const first = await listening({ lang: 'es' });
  await sitDown(first, 'es', 'operator2');
  await connect(first);
  await checkPage(first, 'line-es', { lang: 'es' });
  const second = await first.context().newPage();
  await second.goto(`${demo.url}/es/staff/line`);
  // The first has the microphone already, so the second looks whether it may have the telephone.
  await second.locator('#connect').waitFor();
  await second.locator('#connect').click();
  await said(second, 'on').waitFor();
  await said(first, 'elsewhere').waitFor();
  await first.context().close();
});

test('a microphone that is refused is explained', async () => {
  const strict = await launchBrowser(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
  try {
    const page = await openPage(strict, { lang: 'en' });
    await sitDown(page, 'en', 'operator');
    await page.locator('#connect').click();
    await said(page, 'denied').waitFor();
    await checkPage(page, 'line-denied');
  } finally {
    await strict.close();
  }
});

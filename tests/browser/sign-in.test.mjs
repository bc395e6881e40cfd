// Getting in: with a code of an app, with a passkey beside the password, with a passkey alone; and with all of it lost.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const PASSWORD = 'open-the-anteroom';

let browser;
let demo;
/** Passkeys are for a name, never for an address of numbers. */
let url;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  url = demo.url.replace('127.0.0.1', 'localhost');
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The code of an app with these letters, so many steps of half a minute from now (RFC 6238). */
function code(letters, ahead = 0) {
  const bits = [...letters.replaceAll(' ', '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const tag = createHmac('sha1', secret).update(step).digest();
  const word = tag.readUInt32BE(tag.at(-1) & 0xf) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

/** Gives a browser an authenticator that knows its owner. */
async function withAuthenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function password(page, name, lang = 'en') {
  await page.goto(`${url}/${lang}/staff/sign-in`);
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('form:not([data-passkey]) button[type="submit"]').last().click();
}

const signedIn = (page) => page.locator('.desk-who').waitFor();

test('a code of an app is asked for after the password, and a recovery code gets in when the app is lost', async () => {
  const page = await openPage(browser, { width: 320 });
  await signIn(page, url, { name: 'clerk', password: PASSWORD }, '/en/staff/sign-in');
  await page.goto(`${url}/en/staff/account/proofs`);
  await checkPage(page, 'second-proofs');
  await page.locator('a[href$="/account/proofs/app"]').click();
  const letters = await page.locator('.second-letters').innerText();
  await checkPage(page, 'second-app');
  await page.locator('#code').fill(code(letters));
  await page.locator('form[action$="/proofs/app"] button').click();
  const codes = await page.locator('.second-codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  await checkPage(page, 'second-recovery');

  const other = await openPage(browser, { lang: 'es' });
  await password(other, 'clerk', 'es');
  await other.locator('#code').waitFor();
  await checkPage(other, 'second-step', { lang: 'es' });
  // The code that set it up is used up; the next is good already, since clocks differ.
  await other.locator('#code').fill(code(letters, 1));
  await other.locator('form.usa-form button[type="submit"]').click();
  await signedIn(other);

  const lost = await openPage(browser, { scripts: false });
  await password(lost, 'clerk');
  await lost.locator('#code').fill(codes[0]);
  await lost.locator('form.usa-form button[type="submit"]').click();
  await signedIn(lost);
});

test('a passkey is added, used beside the password, alone, and as a fresh proof, and is gone when it is removed', async () => {
  const page = await openPage(browser);
  const { cdp, authenticatorId } = await withAuthenticator(page);
  await signIn(page, url, { name: 'manager', password: PASSWORD }, '/en/staff/sign-in');
  await page.goto(`${url}/en/staff/account/proofs`);
  await page.locator('#name').fill('Work laptop');
  await page.locator('form[data-passkey="create"] button').click();
  await page.locator('.second-codes').waitFor();
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].isResidentCredential, true);

  const signOut = async () => {
    await page.goto(`${url}/en/staff/account`);
    await page.locator('.desk-who form button').click();
    await page.locator('#password').waitFor();
  };
  await signOut();
  await password(page, 'manager');
  await page.locator('form[data-passkey="get"] button').click();
  await signedIn(page);

  await signOut();
  await page.locator('form[data-passkey="get"] button').click();
  await signedIn(page);

  // Pages are looked at elsewhere: the check takes the browser's authenticator away.
  const looked = await openPage(browser);
  await looked.goto(`${url}/en/staff/sign-in`);
  await checkPage(looked, 'sign-in');
  await password(looked, 'manager');
  await looked.locator('form[data-passkey="get"]').waitFor();
  await checkPage(looked, 'second-step-passkey');

  // What an authenticator says is good once: the same answer sent again opens nothing.
  await signOut();
  let sent;
  page.on('request', (request) => { if (request.url().endsWith('/sign-in/passkey')) sent = request.postData(); });
  await page.locator('form[data-passkey="get"] button').click();
  await signedIn(page);
  const again = await fetch(`${url}/en/staff/sign-in/passkey`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: sent,
  });
  assert.equal(again.status, 422);
  assert.equal(again.headers.getSetCookie().some((cookie) => cookie.startsWith('staff=')), false);

  await page.goto(`${url}/en/staff/account/proofs`);
  await page.locator('form[action$="/proofs/remove"] button').click();
  await page.locator('.usa-alert--success').waitFor();
  await signOut();
  await page.locator('form[data-passkey="get"] button').click();
  await page.locator('.usa-error-message').first().waitFor();
  await password(page, 'manager');
  await signedIn(page);
});

// Staff sign in at a real OpenID provider: in, out, with other keys, without a role, and with the password of the emergency account.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { checkPage, launchBrowser, openPage } from './harness.mjs';
import { press } from './people.mjs';

const HERE = fileURLToPath(new URL('./provider/', import.meta.url));
const PACK = fileURLToPath(new URL('../../packs/uscis', import.meta.url));
const PASSWORD = 'correct horse battery';
const folder = mkdtempSync(join(tmpdir(), 'anteroom-provider-'));

let browser;
let url;
let issuer;
let provider;
let server;
let startProvider;
/** A supervisor's page, signed in before the tests, and since when: what they proved is old by the time of the last one. */
let vera;
let since;

/** A port that nobody listens on. */
const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Starts a program and waits until it has said that it is there. */
async function start(program, args, ready) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('close', resolve); });
  let over = false;
  ended.then(() => { over = true; });
  while (!(await ready(said))) {
    if (over) throw new Error(`${program} ended; it said:\n${said}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return { stop: async () => { child.kill('SIGTERM'); await ended; }, said: () => said };
}

before(async () => {
  if (!existsSync(join(HERE, 'node_modules'))) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'ignore' });
  }
  const [ours, theirs] = [await freePort(), await freePort()];
  url = `http://127.0.0.1:${ours}`;
  issuer = `http://127.0.0.1:${theirs}`;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(folder, 'client.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'desk-1', use: 'sig', alg: 'ES256' }] });
  const script = join(HERE, 'provider.mjs');
  const told = [theirs, keys, `${url}/sign-in/back`, `${url}/sign-in/logged-out`, url].map(String);
  startProvider = () => start(process.execPath, [script, ...told], (said) => said.includes('ready'));
  writeFileSync(join(folder, 'staff.csv'), [
    'sign_in,name,roles,office,langs,password',
    `rescue,Rescue,administrator,,en,${PASSWORD}`,
    `other,Other,officer,,en,${PASSWORD}`,
  ].join('\n'));
  const config = join(folder, 'anteroom.toml');
  writeFileSync(config, `
[http]
addr = "127.0.0.1:${ours}"
public_url = "${url}"
[data]
dir = "data"
[pack]
dir = "${PACK}"
[mail]
from = "no-reply@agency.example"
folder = "mail"
[staff]
fresh_minutes = 1
[provider]
issuer = "${issuer}"
name = "Agency ID"
client_id = "anteroom"
key_file = "client.pem"
key_id = "desk-1"
officer = "desk-officers"
administrator = "desk-admins, desk-leads"
supervisor = "desk-watch"
passwords = "rescue"
`);
  const bin = process.env.ANTEROOM_BIN;
  execFileSync(bin, ['import', 'staff', join(folder, 'staff.csv'), '--config', config], { stdio: 'ignore' });
  const answers = () => fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
  [provider, server, browser] = await Promise.all([
    startProvider(),
    start(bin, ['serve', '--config', config], answers),
    launchBrowser(),
  ]);
  const entered = await openPage(browser);
  await there(entered, 'vera');
  since = Date.now();
  // Her work goes on in a browser that has not seen the provider's pages: what those load is not ours to answer for.
  vera = await openPage(browser);
  await vera.context().addCookies(await entered.context().cookies(url));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const signedIn = (page) => page.locator('.desk-who').waitFor();

/** Says at the provider's page who they are. */
async function logIn(page, name) {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('whatever');
  await page.locator('button[type="submit"]').click();
}

/** Begins at our own page, signs in at the provider's when it asks, and comes back. */
async function there(page, name, lang = 'en') {
  await page.goto(`${url}/${lang}/staff/sign-in?then=/staff/account`);
  await page.locator('#provider').click();
  const login = page.locator('input[name="login"]');
  await login.or(page.locator('#provider, .desk-who')).first().waitFor();
  if (await login.count()) await logIn(page, name);
  await page.locator('#provider, .desk-who').first().waitFor();
}

test('an officer signs in at the provider, with what it says of them, also after it has changed its keys', async () => {
  const page = await openPage(browser);
  await page.goto(`${url}/en/staff/sign-in`);
  await checkPage(page, 'provider');
  await there(page, 'olivia');
  await signedIn(page);
  assert.match(await page.locator('.desk-who').innerText(), /Olivia Officer · officer/);
  assert.equal(page.url(), `${url}/en/staff/account`);

  // It begins anew, with other keys and knowing nobody.
  await provider.stop();
  provider = await startProvider();
  const again = await openPage(browser, { lang: 'es' });
  await there(again, 'olivia', 'es');
  await signedIn(again);
  assert.match(again.url(), /\/es\/staff\/account$/);
});

test('whoever has no role here is told so, and an answer that another browser began opens nothing', async () => {
  const page = await openPage(browser, { width: 320 });
  await there(page, 'nora');
  assert.match(await page.locator('.usa-alert').innerText(), /none of your groups there has work here/);
  const bare = await openPage(browser);
  await bare.goto(`${url}/en/staff/sign-in/back`);
  await checkPage(bare, 'provider-refused', { status: 422 });

  // The answer comes back to a browser that has not begun it: what was begun is not in it.
  const other = await openPage(browser);
  await other.goto(`${url}/en/staff/sign-in`);
  await other.locator('#provider').click();
  await other.locator('input[name="login"]').waitFor();
  await other.context().clearCookies({ name: 'staff_provider' });
  await logIn(other, 'olivia');
  assert.match(await other.locator('.usa-alert').innerText(), /began in another browser/);
  assert.equal(await other.locator('.desk-who').count(), 0);
  assert.equal((await other.context().cookies()).some((one) => one.name === 'staff'), false);
});

test('signing out ends the session at the provider too, and the provider ends the others that it began', async () => {
  const page = await openPage(browser);
  await there(page, 'olivia');
  await signedIn(page);
  const cookie = (await page.context().cookies()).find((one) => one.name === 'staff');
  const opens = async () => (await fetch(`${url}/en/staff/account`, { headers: { cookie: `staff=${cookie.value}` }, redirect: 'manual' })).status;
  assert.equal(await opens(), 200);
  // A second session here that began in the same one there.
  await page.context().clearCookies({ name: 'staff' });
  await there(page, 'olivia');
  await signedIn(page);
  assert.equal(await opens(), 200);
  await page.locator('.desk-who form button').click();
  await page.locator('button[name="logout"][value="yes"], button[value="yes"]').click();
  await page.waitForURL((at) => at.href.startsWith(url));
  assert.equal(await opens(), 303);
  await page.goto(`${url}/en/staff/sign-in`);
  await page.locator('#provider').click();
  await page.locator('input[name="login"]').waitFor();
});

test('a password opens the emergency account and no other', async () => {
  const page = await openPage(browser);
  const form = async (name) => {
    await page.goto(`${url}/en/staff/sign-in`);
    await page.locator('details summary').click();
    await page.locator('#name').fill(name);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('details form.usa-form button').click();
    await page.waitForLoadState();
  };
  await form('other');
  assert.match(await page.locator('.usa-error-message').first().innerText(), /name|password/i);
  await form('rescue');
  await signedIn(page);
});

test('what closes the line asks for a fresh proof, which the provider gives to the same person and no other', async () => {
  await new Promise((resolve) => { setTimeout(resolve, since + 61_000 - Date.now()); });
  await vera.goto(`${url}/en/staff/line/announcements`);
  await vera.locator('label[for^="does"]').first().click();
  await vera.locator('textarea[name="text-en"]').fill('The lifts are out of order today.');
  await vera.locator('textarea[name="text-es"]').fill('Hoy no funcionan los ascensores.');
  await vera.locator('[name="because"]').fill('Told by the landlord');
  await vera.locator('[name="until"]').fill(new Date(Date.now() + 20 * 3_600_000).toISOString().slice(0, 16));
  const to = 'form[action$="/line/announcements"]';
  await press(vera, vera.locator(`${to} button[type="submit"]`));
  await checkPage(vera, 'provider-prove', { status: 403 });
  assert.equal(await vera.locator('input[type="password"]').count(), 0, 'no password of ours opens this account');

  /** The provider asks who it is though it knows, in a window of its own. */
  const prove = async (name) => {
    const [asked] = await Promise.all([vera.waitForEvent('popup'), vera.locator('a[target="_blank"]').click()]);
    await logIn(asked, name);
    await asked.waitForURL((at) => at.href.startsWith(`${url}/en/staff/sign-in/back`));
    const said = await asked.locator('main').innerText();
    await asked.close();
    return said;
  };
  assert.match(await prove('olivia'), /another person/);
  await press(vera, vera.locator(`${to} button[type="submit"]`));
  assert.equal(await vera.locator('a[target="_blank"]').count(), 1, 'another person\'s proof is none');
  assert.match(await prove('vera'), /Close this window/);
  await press(vera, vera.locator(`${to} button[type="submit"]`));
  assert.match(await vera.locator('main').innerText(), /The lifts are out of order today\./, 'it went on with what was filled in');
  assert.match(vera.url(), /\/line\/announcements/);
});

// The checks themselves, on pages made to fail them: a check that cannot fail proves nothing.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { checkPage, launchBrowser, openPage, signIn, startDemo } from './harness.mjs';

const STYLE = 'body{font:16px sans-serif;margin:0;color:#111;background:#fff}.wide{width:600px;height:1em}.away{margin-left:-9999px}.low{margin-top:3000px}.pale{color:#ccc}.cover{position:fixed;inset:0;background:#fff}.tight{display:flex}.tight a{display:block;width:9px;height:9px;overflow:hidden}';

/** A page without a fault, and what to change in it. */
function html({ lang = 'en', dir = 'ltr', h1 = '<h1>What do you need?</h1>', body = '', head = '' } = {}) {
  return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Need</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
    <link rel="stylesheet" href="/style.css">${head}</head><body><main>${h1}<p>Say it in a few words.</p>${body}</main></body></html>`;
}

const PAGES = {
  '/good': html(),
  '/gut': html({ lang: 'es', h1: '<h1>¿Qué necesita?</h1>' }),
  '/rtl': html({ lang: 'ar', dir: 'rtl', h1: '<h1>مرحبا</h1>' }),
  '/rtl-forgotten': html({ lang: 'ar', h1: '<h1>مرحبا</h1>' }),
  '/no-label': html({ body: '<form><input type="text"></form>' }),
  '/pale': html({ body: '<p class="pale">hard to read</p>' }),
  '/tight': html({ body: '<nav class="tight" aria-label="Pages"><a href="/a">1</a><a href="/b">2</a><a href="/c">3</a></nav>' }),
  '/wide': html({ body: '<div class="wide"></div>' }),
  '/no-heading': html({ h1: '' }),
  '/two-headings': html({ h1: '<h1>One</h1><h1>Two</h1>' }),
  '/heading-away': html({ h1: '<h1 class="away">Gone</h1>' }),
  '/heading-low': html({ h1: '<h1 class="low">Far down</h1>' }),
  '/heading-covered': html({ body: '<div class="cover"></div>' }),
  '/script-error': html({ head: '<script src="/throw.js" defer></script>' }),
  '/console-error': html({ head: '<script src="/complain.js" defer></script>' }),
  '/inline-script': html({ body: '<script>document.title = "x"</script>' }),
  '/lost-file': html({ body: '<img src="/lost.png" alt="A lost picture">' }),
  '/scripted': html({ head: '<script src="/rewrite.js" defer></script>' }),
  '/tall': html({ body: '<p class="low">Far down</p>' }),
  '/sign-in': html({
    body: `<form method="get" action="/signed-in"><label>Name <input name="n" autocomplete="username"></label>
      <label>Password <input name="p" type="password" autocomplete="current-password"></label><button>Sign in</button></form>`,
  }),
};
const FILES = {
  '/style.css': ['text/css', STYLE],
  '/throw.js': ['text/javascript', 'throw new Error("broken on purpose")'],
  '/complain.js': ['text/javascript', 'console.error("wrong on purpose")'],
  '/rewrite.js': ['text/javascript', 'document.querySelector("h1").remove()'],
};

let server, url, browser;

before(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const send = (status, type, text) => {
      response.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'",
      });
      response.end(text);
    };
    if (pathname === '/signed-in') {
      const right = searchParams.get('n') === 'vega' && searchParams.get('p') === 'open sesame';
      send(200, 'text/html', right ? PAGES['/good'] : PAGES['/sign-in']);
    } else if (PAGES[pathname]) {
      send(200, 'text/html', PAGES[pathname]);
    } else if (FILES[pathname]) {
      send(200, ...FILES[pathname]);
    } else {
      send(404, 'text/html', html({ h1: '<h1>Not here</h1>' }));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function check(path, expected, options) {
  const page = await openPage(browser, options);
  try {
    await page.goto(url + path);
    await checkPage(page, `self${path.replaceAll('/', '-')}`, expected);
    return page.viewportSize();
  } finally {
    await page.context().close();
  }
}

test('a good page passes, at both widths, and keeps its size', async () => {
  assert.deepEqual(await check('/good', {}, { width: 768, height: 1000 }), { width: 768, height: 1000 });
  await check('/gut', { lang: 'es' });
  await check('/rtl', { lang: 'ar' });
  for (const width of [320, 1280]) {
    assert.ok(existsSync(fileURLToPath(new URL(`./out/self-good-${width}.png`, import.meta.url))));
  }
});

const FAULTS = [
  ['/no-label', /axe label:/],
  ['/pale', /axe color-contrast:/],
  ['/tight', /axe target-size:/],
  ['/wide', /at 320 px: scrolls sideways: 600 px in 320 px/],
  ['/no-heading', /has 0 visible main headings/],
  ['/two-headings', /has 2 visible main headings/],
  ['/heading-away', /main heading is not in view/],
  ['/heading-low', /main heading is not in view/],
  ['/heading-covered', /main heading is covered by <div class="cover">/],
  ['/script-error', /script error: broken on purpose/],
  ['/console-error', /console: wrong on purpose/],
  ['/inline-script', /Content Security Policy/],
  ['/lost-file', /status of 404.*lost\.png/],
  ['/missing', /answered 404 where 200 was expected/],
];
for (const [path, fault] of FAULTS) {
  test(`${path} is found out`, async () => {
    await assert.rejects(check(path), fault);
  });
}

test('a wide page is at fault on the phone only', async () => {
  await assert.rejects(check('/wide'), (error) => !/at 1280 px/.test(error.message));
});

test('the language and its direction are the expected ones', async () => {
  await assert.rejects(check('/good', { lang: 'es' }), /the language is "en", not "es"/);
  await assert.rejects(check('/rtl-forgotten', { lang: 'ar' }), /does not run rtl/);
});

test('a refusal that is expected passes, another does not', async () => {
  await check('/missing', { status: 404 });
  await assert.rejects(check('/good', { status: 404 }), /answered 200 where 404/);
  await assert.rejects(check('/lost-file', { tolerate: [422] }), /status of 404/);
  await check('/lost-file', { tolerate: [404] });
});

test('a page without scripts is checked as it stands, and stays without', async () => {
  await assert.rejects(check('/scripted'), /has 0 visible main headings/);
  await check('/scripted', {}, { scripts: false });
  await assert.rejects(check('/no-label', {}, { scripts: false }), /axe label:/);
  const page = await openPage(browser, { scripts: false });
  await page.goto(`${url}/good`);
  await checkPage(page, 'self-no-scripts');
  await page.goto(`${url}/scripted`);
  assert.equal(await page.locator('h1').count(), 1, 'the page ran its script');
  await page.context().close();
});

test('scroll is restored', async () => {
  const page = await openPage(browser);
  await page.goto(`${url}/tall`);
  await page.evaluate(() => scrollTo(0, 700));
  await checkPage(page, 'self-tall');
  assert.equal(await page.evaluate(() => scrollY), 700);
  await page.context().close();
});

test('signing in works, and says when it does not', async () => {
  const page = await openPage(browser);
  await signIn(page, url, { name: 'vega', password: 'open sesame' }, '/sign-in');
  await checkPage(page, 'self-signed-in');
  await assert.rejects(signIn(page, url, { name: 'vega', password: 'wrong' }, '/sign-in'), /could not sign in/);
  await page.context().close();
});

/** A stand-in for the binary: what matters here is how a process is started, read and stopped. */
const fake = (script) => ({ command: [process.execPath, '--input-type=module', '--eval', script, '--'] });
const SERVE = `
  import { createServer } from 'node:http';
  import { existsSync } from 'node:fs';
  const data = process.argv[process.argv.indexOf('--data') + 1];
  const server = createServer((_, response) => response.end(String(existsSync(data))));
  console.log('making people …');
  server.listen(0, '127.0.0.1', () => console.log('Public pages: http://127.0.0.1:' + server.address().port + '/ (Ctrl-C stops)'));`;

test('a demo is started, found by what it prints, and stopped', async () => {
  const demo = await startDemo(fake(`${SERVE} process.on('SIGTERM', () => process.exit(0));`));
  assert.match(demo.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(await (await fetch(demo.url)).text(), 'true');
  assert.match(demo.output(), /making people/);
  await demo.stop();
  assert.ok(!existsSync(demo.data), 'its data is left behind');
  await assert.rejects(fetch(demo.url));
});

test('a demo that ends early or stops badly is an error with its words', async () => {
  await assert.rejects(startDemo(fake('console.error("no pack"); process.exit(2)')), /ended with 2[^]*no pack/);
  await assert.rejects(startDemo({ command: ['/no/such/program'] }), /could not be started/);
  const demo = await startDemo(fake(`${SERVE} process.on('SIGTERM', () => process.exit(7));`));
  await assert.rejects(demo.stop(), /ended with 7/);
});

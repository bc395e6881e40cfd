// What a person's pages weigh and how soon they are there on a slow connection, and what people do on their ways through
// them: `cargo xtask pages`. It prints two tables for docs/benchmarks.md.

import { pathPrinted } from './demo.mjs';
import { launchBrowser, openPage, startDemo } from './harness.mjs';
import { ask, choose, counting, press, send } from './people.mjs';
import { weighed } from './weigh.mjs';

/** Each page is opened so often, each time by somebody who was never there; the median is told. */
const TIMES = 5;

const who = { given: 'Iris', family: 'Example', email: 'iris.example@example.org', swift: true };
const demo = await startDemo({ args: ['--at', '2026-11-24T09:30:00-08:00'] });
const browser = await launchBrowser();

const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

/** A row of what opening a page gives: kilobytes and milliseconds. */
async function weigh(name, path) {
  const all = [];
  for (let n = 0; n < TIMES; n += 1) all.push(await weighed(browser, demo.url + path));
  const of = (what, digits = 0) => median(all.map((one) => one[what])).toFixed(digits);
  const kilobytes = (what) => (median(all.map((one) => one[what])) / 1000).toFixed(1);
  console.log(
    `| ${name} | ${kilobytes('document')} kB | ${kilobytes('bytes')} kB in ${of('requests')} | ${of('interactive')} ms | ${of('paint')} ms | ` +
      `${of('largest')} ms | ${of('blocked')} ms | ${of('shift', 3)} |`,
  );
}

/** A row of what somebody does on a way. */
async function walk(name, from, way) {
  const page = await openPage(browser, { width: 360 });
  await page.goto(demo.url + from);
  const counted = await counting(page);
  const result = await way(page);
  const { pages, presses, typed } = await counted();
  console.log(`| ${name} | ${pages} | ${presses} | ${typed} |`);
  await page.context().close();
  return result;
}

/** Follows a link of the page. */
async function follow(page, end) {
  await press(page, page.locator(`main a[href$="${end}"]`).first());
}

/** Somebody says which inquiry is theirs. */
async function own(page, number) {
  await page.fill('[name="number"]', number);
  await page.locator('[name="born_month"]').selectOption({ index: 5 });
  await page.fill('[name="born_day"]', '17');
  await page.fill('[name="born_year"]', '1980');
  await press(page, page.locator('form[action$="/inquiry"] button[type="submit"]'));
}

try {
  console.log('| page | the page itself | with all it needs, requests | interactive | first paint | largest paint | blocked | shifted |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  await weigh('start page', '/en');
  await weigh('start page in Spanish', '/es');
  await weigh('case status', '/en/status');
  await weigh('request, its first page', '/en/request');
  await weigh('an inquiry', pathPrinted(demo, '/go/'));
  await weigh('statistics', '/en/statistics');

  console.log('\n| way | pages | presses | characters typed |');
  console.log('| --- | --- | --- | --- |');
  const number = await walk('ask for a meeting', '/en', (page) => ask(page, demo.url, 'en', who));
  await walk('see the status of a case', '/en', async (page) => {
    await follow(page, '/status');
    await page.fill('[name="receipt"]', 'IOE0912345678');
    await send(page);
  });
  await walk('see where it stands', '/en', async (page) => {
    await follow(page, '/inquiry');
    await own(page, number);
  });
  await walk('take it back', '/en', async (page) => {
    await follow(page, '/inquiry');
    await own(page, number);
    await follow(page, '/withdraw');
    const form = page.locator('form[action$="/withdraw"]');
    const sure = form.locator('input[type="checkbox"]');
    for (const box of await sure.all()) await choose(page, await box.getAttribute('id'));
    await press(page, form.locator('button[type="submit"]').last());
  });
} finally {
  await browser.close();
  await demo.stop();
}

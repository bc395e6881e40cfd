// Pictures of the pages of a demo: `cargo xtask screens`. Usage: node screens.mjs FOLDER
//
// screens.json: `people` maps a word to { "name", "password" }; a page has a `name`, a `path`, and may have
// `as` (one of the people), `follow` (selectors of links to click, in order) and `colorScheme` ("dark"). `{lang}` in a
// path is the language; instead of a path, `printed` is the beginning of a path that the demo prints in its tour.
// Every page is taken in each language at each width; a page that does not answer 200 ends the run.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { pathPrinted } from './demo.mjs';
import { launchBrowser, openPage, picture, signIn, startDemo } from './harness.mjs';

const LANGUAGES = ['en', 'es'];
const WIDTHS = [320, 768, 1280];

const folder = resolve(process.argv[2] ?? 'target/screens');
const { people, pages } = JSON.parse(await readFile(new URL('./screens.json', import.meta.url), 'utf8'));
const demo = await startDemo();
const browser = await launchBrowser();

try {
  for (const lang of LANGUAGES) {
    for (const { name, path: given, printed, as, follow = [], colorScheme } of pages) {
      const path = (given ?? pathPrinted(demo, printed)).replace('{lang}', lang);
      const page = await openPage(browser, { lang, colorScheme });
      if (as) {
        if (!people[as]) throw new Error(`screens.json: ${name} is to be seen as "${as}", who is not among the people`);
        await signIn(page, demo.url, people[as], `/${lang}/staff/sign-in`);
      }
      const answer = await page.goto(demo.url + path);
      if (answer.status() !== 200) throw new Error(`${name}: ${demo.url + path} answered ${answer.status()}`);
      for (const selector of follow) {
        await page.locator(selector).first().click();
        await page.waitForLoadState();
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        console.log(await picture(page, `${name}-${lang}-${width}`, folder));
      }
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}

// What must hold on every page. Each fault is one sentence; a page without faults passes.

import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the browser tests need is locked beside the browser assets. */
export const require = createRequire(new URL('../../crates/web/package.json', import.meta.url));

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const OUT = fileURLToPath(new URL('./out/', import.meta.url));

/** A small phone, and a desk. CSS pixels. */
const VIEWPORTS = [{ width: 320, height: 640 }, { width: 1280, height: 800 }];

/** The made-up language that runs from right to left. */
export const SAMPLE = 'qrl';

/** What the browser had to complain of on each page since it was last checked. */
const complaints = new WeakMap();

/** Collects what the browser complains of: script errors, refusals by the content security policy, lost requests. */
export function watch(page) {
  const seen = { errors: [], status: undefined, origin: undefined };
  complaints.set(page, seen);
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const status = /^Failed to load resource: .*status of (\d+)/.exec(message.text())?.[1];
    const where = message.location().url;
    seen.errors.push({ text: `console: ${message.text()}${where ? ` (${where})` : ''}`, status: Number(status) });
  });
  page.on('pageerror', (error) => seen.errors.push({ text: `script error: ${error.message}` }));
  page.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    seen.status = response.status();
    seen.origin = new URL(response.url()).origin;
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const foreign = !request.isNavigationRequest() && seen.origin && url.protocol !== 'data:' && url.origin !== seen.origin;
    if (foreign) seen.errors.push({ text: `asks another server: ${request.url()}` });
  });
}

/** Debugger sessions of the pages that run no scripts. The switch holds as long as the session that turned it. */
const scriptless = new WeakMap();

/** Turns a page's scripts off, or on again. Playwright's own switch can not be turned back for a check. */
export async function switchScripts(page, on) {
  if (!scriptless.has(page)) scriptless.set(page, await page.context().newCDPSession(page));
  await scriptless.get(page).send('Emulation.setScriptExecutionDisabled', { value: !on });
}

/**
 * Looks at a page at both widths and leaves it as it was. Throws with every fault found.
 *
 * @param {import('playwright-core').Page} page one that `watch` has seen from its start
 * @param {string} name names the pictures in `out/`
 * @param {{ lang?: string, status?: number, tolerate?: number[], pictures?: boolean }} expected `status` of the page itself; `tolerate`
 *   names the statuses with which a request made by the page may be refused (422 for a form sent by htmx); without `pictures` none are taken
 */
export async function checkPage(page, name, { lang = 'en', status = 200, tolerate = [], pictures = true } = {}) {
  const seen = complaints.get(page);
  if (!seen) throw new Error('checkPage needs a page that was opened with openPage');
  const before = page.viewportSize();
  const client = await page.context().newCDPSession(page);
  const faults = [];
  try {
    // axe is a script: on a page opened without scripts it alone may run. What the page did not load stays unloaded.
    if (scriptless.has(page)) await switchScripts(page, true);
    // The page's own content security policy stays on: the debugger evaluates, the page loads nothing.
    await evaluate(client, `if (!globalThis.axe) { ${AXE} }`);
    const scroll = await page.evaluate(() => [scrollX, scrollY]);
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport);
      const found = [...(await layoutFaults(page, lang)), ...(await axeFaults(client, lang))];
      faults.push(...found.map((fault) => `at ${viewport.width} px: ${fault}`));
      if (pictures) await picture(page, `${name}-${viewport.width}`);
    }
    await page.setViewportSize(before);
    await page.evaluate(([x, y]) => scrollTo({ left: x, top: y, behavior: 'instant' }), scroll);
  } finally {
    if (scriptless.has(page)) await switchScripts(page, false);
    await client.detach();
  }
  if (seen.status !== status) faults.push(`answered ${seen.status} where ${status} was expected`);
  const refusals = [...tolerate, ...(status >= 400 ? [status] : [])];
  const errors = seen.errors.splice(0).filter((error) => !refusals.includes(error.status));
  faults.push(...errors.map((error) => error.text));
  if (faults.length > 0) {
    throw new Error(`${name} (${page.url()}) has ${faults.length} faults:\n- ${faults.join('\n- ')}`);
  }
}

/** Heading, sideways scroll, language: what axe does not see, a blank page among them. */
async function layoutFaults(page, lang) {
  return page.evaluate(async ([lang, sample]) => {
    scrollTo({ left: 0, top: 0, behavior: 'instant' });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const faults = [];
    const root = document.documentElement;
    if (root.lang !== lang) faults.push(`the language is "${root.lang}", not "${lang}"`);
    const known = new Intl.Locale(lang);
    // The sample language is nobody's, and known to no browser.
    const direction = lang === sample ? 'rtl' : (known.getTextInfo?.() ?? known.textInfo).direction;
    if (getComputedStyle(root).direction !== direction) faults.push(`the page does not run ${direction}`);
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
      const names = wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 80)).join(' … ');
      faults.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth} px; ${names}`);
    }
    const headings = [...document.querySelectorAll('h1')].filter((h1) => h1.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    if (headings.length !== 1) faults.push(`has ${headings.length} visible main headings, not one`);
    for (const h1 of headings) {
      const words = document.createRange();
      words.selectNodeContents(h1);
      // What is put into a sentence begins with signs that have no width.
      const box = [...words.getClientRects()].find((rect) => rect.width > 0);
      const inside = box && box.left >= -1 && box.right <= innerWidth + 1 && box.top >= 0 && box.bottom <= innerHeight;
      const top = inside && document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (!inside) {
        faults.push(`the main heading is not in view: ${JSON.stringify(box ?? null)}`);
      } else if (!h1.contains(top)) {
        faults.push(`the main heading is covered by ${top?.outerHTML.slice(0, 80)}`);
      }
    }
    return faults;
  }, [lang, SAMPLE]);
}

/** Every rule of WCAG 2.0 to 2.2, A and AA, and of best practice; those that axe leaves off by default as well. */
async function axeFaults(client, lang) {
  // No list of languages has the sample.
  const passed = lang === SAMPLE ? ['html-lang-valid', 'valid-lang'] : [];
  const violations = await evaluate(client, `(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const unfinished = (rule) => rule.tags.includes('experimental') || rule.tags.includes('deprecated');
    const passed = ${JSON.stringify(passed)};
    const rules = axe.getRules(tags).filter((rule) => !unfinished(rule)).map((rule) => rule.ruleId).filter((id) => !passed.includes(id));
    const result = await axe.run(document, { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }));
  })()`);
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map((html) => html.slice(0, 160)).join(' … ');
    return `axe ${id}: ${help} (${nodes.length}×): ${where}`;
  });
}

async function evaluate(client, expression) {
  const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** What people act on, by its role in the tree that screen readers are given. */
const CONTROLS = new Set([
  'link', 'button', 'textbox', 'searchbox', 'radio', 'checkbox', 'combobox', 'listbox', 'spinbutton', 'slider', 'switch', 'tab',
  'menuitem', 'DisclosureTriangle',
]);

/**
 * What a screen reader would stumble over: looks at the tree that the browser gives it, not at the elements it was made from.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>} the faults
 */
export async function treeFaults(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const { root } = await client.send('DOM.getDocument', { depth: -1 });
  await client.detach();
  const addresses = new Map();
  const read = ({ backendNodeId, attributes = [], children = [] }) => {
    const at = attributes.indexOf('href');
    if (at >= 0) addresses.set(backendNodeId, attributes[at + 1]);
    children.forEach(read);
  };
  read(root);
  const faults = [];
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const heard = nodes.filter((node) => !node.ignored);
  const role = (node) => node.role?.value;
  const name = (node) => (node.name?.value ?? '').trim();
  const property = (node, wanted) => node.properties?.find((one) => one.name === wanted)?.value.value;
  const all = (wanted) => heard.filter((node) => role(node) === wanted);

  if (!all('RootWebArea').some(name)) faults.push('the page has no name');
  if (all('main').length !== 1) faults.push(`has ${all('main').length} main landmarks, not one`);
  for (const node of heard.filter((node) => CONTROLS.has(role(node)) && !name(node))) faults.push(`a ${role(node)} has no name`);

  // Whoever hears only the links of a page knows each by its name alone.
  const leads = new Map();
  for (const node of all('link')) {
    const to = addresses.get(node.backendDOMNodeId);
    const first = leads.get(name(node));
    if (first === undefined) leads.set(name(node), to);
    else if (first !== to) faults.push(`"${name(node)}" leads to ${first} and to ${to}`);
  }

  const levels = all('heading').map((node) => ({ level: property(node, 'level'), said: name(node) }));
  const firsts = levels.filter(({ level }) => level === 1).length;
  if (firsts !== 1) faults.push(`has ${firsts} headings of the first level, not one`);
  for (const [n, { level, said }] of levels.entries()) {
    const before = n > 0 ? levels[n - 1].level : 0;
    if (level > before + 1) faults.push(`the heading "${said}" goes from level ${before} to level ${level}`);
    if (!said) faults.push(`a heading of level ${level} says nothing`);
  }

  // One box that is alone says itself what it is for; of several, somebody must say what they are about.
  const grouped = (node) => {
    const around = byId.get(node.parentId);
    const named = around && !around.ignored && ['group', 'radiogroup'].includes(role(around)) && name(around);
    return Boolean(named) || (around !== undefined && grouped(around));
  };
  const boxes = all('checkbox');
  for (const node of [...all('radio'), ...(boxes.length > 1 ? boxes : [])]) {
    if (!grouped(node)) faults.push(`the ${role(node)} "${name(node)}" stands in no group that has a name`);
  }
  return faults;
}

/** A picture of the whole page into `out/`. */
export async function picture(page, name, folder = OUT) {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name.replace(/[^\w.-]+/g, '-')}.png`;
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}

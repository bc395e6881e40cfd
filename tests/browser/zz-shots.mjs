import { launchBrowser, openPage, startDemo, signIn } from './harness.mjs';
import { ask, choose, send } from './people.mjs';
const demo = await startDemo();
const b = await launchBrowser();
const shot = async (page, name) => { for (const w of [320, 1280]) { await page.setViewportSize({ width: w, height: 800 }); await page.screenshot({ path: `/work/shots/${name}-${w}.png`, fullPage: true }); } };
try {
  for (const lang of ['en', 'es']) {
    const p = await openPage(b, { lang });
    for (const [name, path] of [['start', ''], ['offices', '/offices'], ['office', '/offices/LOS'], ['statistics', '/statistics'], ['hall', '/hall']]) { await p.goto(`${demo.url}/${lang}${path}`); await shot(p, `${name}-${lang}`); }
    // a request with representative
    const q = await openPage(b, { lang });
    const orig = q.locator.bind(q);
    q.locator = (s, ...r) => s === '[name="behalf"][value="no"]' ? orig('[name="behalf"][value="yes"]', ...r) : orig(s, ...r);
    try { await ask(q, demo.url, lang, { given: 'Ana', family: 'Example', email: `ana${lang}@example.org`, swift: true }); }
    catch (e) { console.log(String(e).slice(0, 300)); console.log(q.url()); await shot(q, `behalf-${lang}`);
      const names = await orig('main input').evaluateAll((x) => x.map((i) => i.name)); console.log(names);
      await choose(q, await orig('[name="behalf"][value="yes"]').getAttribute('id'));
      for (const n of names) { if (/given|family|name/.test(n) && n !== 'behalf') await q.fill(`[name="${n}"]`, 'Rosa Example'); }
      await shot(q, `behalf2-${lang}`);
      await send(q); console.log(q.url()); await shot(q, `after-behalf-${lang}`);
      if (q.url().endsWith('check')) { await send(q); await shot(q, `received-${lang}`); const n = q.url().match(/inquiry\/(\d+)/)?.[1]; await q.goto(`${demo.url}/${lang}/inquiry/${n}`); await shot(q, `inquiry-${lang}`); await q.goto(`${demo.url}/${lang}/inquiry/${n}/delegates`); await shot(q, `delegates-${lang}`); 
        const o = await openPage(b, { lang }); await signIn(o, `${demo.url}/${lang}`, { name: 'officer', password: 'open-the-anteroom' }); await o.goto(`${demo.url}/${lang}/staff/inquiry/${n}`); await shot(o, `staff-inquiry-${lang}`);
        await o.goto(`${demo.url}/${lang}/staff/inquiry/${n}/delegates`); await shot(o, `staff-delegates-${lang}`); }
    }
    const s = await openPage(b, { lang, colorScheme: 'dark' });
    await signIn(s, `${demo.url}/${lang}`, { name: 'supervisor', password: 'open-the-anteroom' });
    for (const [name, path] of [['wallboard', '/staff/wallboard'], ['overview', '/staff/overview'], ['indicators', '/staff/indicators']]) { const r = await s.goto(`${demo.url}/${lang}${path}`); console.log(name, r.status()); await shot(s, `${name}-${lang}`); }
    const parts = await s.locator('a').evaluateAll((x) => x.map((i) => i.getAttribute('href'))); console.log(parts.filter((h) => /by=|queue/.test(h ?? '')));
  }
} finally { await b.close(); await demo.stop(); }

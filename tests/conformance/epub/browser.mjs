// In headless Chromium: axe on pages in light, dark and at phone width, or a walk through a book.
//   node browser.mjs MODULES PAGE.html...          0 violations, nothing wider than a phone
//   node browser.mjs MODULES --book FOLDER         a note's call leads to it and back; contents lead to headings
//   node browser.mjs MODULES --infobox FOLDER      the infobox is an aside with a table of headed values
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ...rest] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(path.join(modules, 'node_modules/axe-core/axe.min.js'), 'utf8');
const url = (...parts) => pathToFileURL(path.resolve(...parts)).href;
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'],
});
const page = await browser.newPage();
page.on('request', (r) => must(/^(file|data):/.test(r.url()), `asks for ${r.url()}`));

async function checkPage(file) {
  for (const [width, scheme] of [[1000, 'light'], [1000, 'dark'], [360, 'light']]) {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(url(file));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    must(wide <= 0, `${file}: ${wide} px wider than ${width}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    // A source without a title and without headings has no words to make a heading of; axe's rule is
    // its own advice and no WCAG criterion.
    const headings = await page.$$eval('h1, h2, h3, h4, h5, h6', (all) => all.length);
    for (const v of violations.filter((v) => headings > 0 || v.id !== 'page-has-heading-one')) {
      must(false, `${file} (${width}, ${scheme}): ${v.id}: ${v.nodes.length}x ${v.nodes[0].html.slice(0, 120)}`);
    }
  }
}

async function walk(folder) {
  await page.goto(url(folder, 'OEBPS/text1.xhtml'));
  const at = () => page.evaluate(() => decodeURIComponent(location.hash));
  const call = await page.$('a[role=doc-noteref]');
  const target = await call.evaluate((a) => a.getAttribute('href'));
  await call.click();
  must((await at()) === target, 'a click on a note call does not lead to its note');
  const back = await page.$(`${target} a[role=doc-backlink]`);
  await back.click();
  must((await at()) === `#${await call.evaluate((a) => a.id)}`, 'the backlink does not lead to the call');
  await page.goto(url(folder, 'OEBPS/nav.xhtml'));
  const entries = await page.$$eval('nav[role=doc-toc] a', (all) => all.map((a) => [a.href, a.textContent]));
  must(entries.length > 5, 'the table of contents is nearly empty');
  for (const [href, words] of entries) {
    await page.goto(href);
    const found = await page.evaluate(() => {
      const id = decodeURIComponent(location.hash.slice(1));
      return (id ? document.getElementById(id) : document.querySelector('h1'))?.textContent;
    });
    must(found === words, `contents: '${words}' leads to '${found}'`);
  }
}

async function infobox(folder) {
  await page.goto(url(folder, 'OEBPS/text1.xhtml'));
  const rows = await page.$$eval('aside.infobox tr', (all) =>
    all.map((tr) => [tr.querySelector('th[scope=row]')?.textContent, tr.querySelector('td')?.textContent]));
  must(rows.length === 3 && rows.every(([th, td]) => th && td), `infobox rows: ${JSON.stringify(rows)}`);
}

if (rest[0] === '--book') await walk(rest[1]);
else if (rest[0] === '--infobox') await infobox(rest[1]);
else for (const file of rest) await checkPage(file);
await browser.close();
console.log(`browser: ${rest.length} arguments, ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);

// The page in headless Chromium, served by the program: an article in four formats, to the byte as the program
// writes it; axe; keyboard; phone; no network; bad input.
//   node page.mjs MODULES FOLDER FANFOLD
import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [modules, own, program] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(path.join(modules, 'node_modules/axe-core/axe.min.js'), 'utf8');
const ARTICLE = 'input/boris-bondarev.txt';
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };
// In its folder, since JSON has the name that the source goes by.
const wanted = (to) => execFileSync(path.resolve(program),
  ['convert', '-q', '--no-config', '--no-system-fonts', '-t', to, path.basename(ARTICLE)],
  { cwd: path.dirname(ARTICLE), maxBuffer: 1 << 30 });

// Every wait has an end.
setTimeout(() => { console.log('web: it was not done after ten minutes'); process.exit(1); }, 600_000).unref();

const server = spawn(program, ['serve', '--bundle', path.join(own, 'bundle'), '--listen', '127.0.0.1:0']);
const [line] = await once(server.stderr, 'data');
const address = /http:\S+/.exec(line)[0];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
const session = await browser.target().createCDPSession();
page.on('request', (r) => must(/^(blob|data|chrome|chrome-extension):/.test(r.url()) || r.url().startsWith(address), `asks for ${r.url()}`));
page.on('pageerror', (error) => must(false, `error in the page: ${error.message}`));
const text = (id) => page.$eval(`#${id}`, (e) => e.textContent);
const run = async (start) => {
  await page.$eval('#result', (e) => e.removeAttribute('aria-busy'));
  await start();
  await page.waitForFunction(() => document.getElementById('result').getAttribute('aria-busy') === 'false', { timeout: 120_000 });
};
const downloads = path.resolve(own, 'downloads');
const output = async () => {
  rmSync(downloads, { recursive: true, force: true });
  mkdirSync(downloads);
  const arrived = new Promise((resolve) => session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve()));
  await page.click('#download');
  await arrived;
  return readFileSync(path.join(downloads, await page.$eval('#download', (a) => a.download)));
};
const accessible = async (state) => {
  for (const [width, scheme] of [[1000, 'light'], [1000, 'dark'], [360, 'light'], [320, 'dark']]) {
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    must(wide <= 0, `${state}: ${wide} px wider than ${width}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ iframes: false }));
    for (const v of violations) must(false, `${state} (${width}, ${scheme}): ${v.id}: ${v.nodes.length}x ${v.nodes[0].html.slice(0, 120)}`);
    await page.screenshot({ path: path.join(own, `${state}-${width}-${scheme}.png`), fullPage: true });
  }
};
const open = async () => {
  await page.goto(address);
  await page.waitForFunction(() => !document.getElementById('convert').disabled, { timeout: 60_000 });
};

// What may be kept is a part of what the disk has left, which is no matter here.
const storage = await page.createCDPSession();
await storage.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 2 ** 30 });
await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: true });
await open();
await accessible('start');

// By keyboard alone: to the button and Enter.
const focused = () => page.evaluate(() => document.activeElement.id);
const order = [];
while (!order.includes('convert') && order.length < 30) {
  await page.keyboard.press('Tab');
  order.push(await focused());
}
must(['file', 'text', 'from', 'to', 'style', 'paper', 'convert'].every((id) => order.includes(id)), `Tab leads to ${order}`);
await run(() => page.keyboard.press('Enter'));
must((await text('status')).startsWith('Converted'), `after Enter: ${await text('status')} ${await text('error')}`);

// The article; the first of it as a PDF is timed against the second, without judging.
const file = { uploadFile: async (name) => (await page.$('#file')).uploadFile(name) };
const took = [];
await run(() => file.uploadFile(ARTICLE));
for (const to of ['pdf', 'epub', 'text', 'json', 'pdf']) {
  await page.select('#to', to);
  await run(() => page.click('#convert'));
  took.push(`${to} ${/\d+ ms/.exec(await text('status'))}`);
  must(wanted(to).equals(await output()), `the page's ${to} differs from the program's`);
  if (to !== 'epub') await accessible(to);
}
must((await page.$eval('#download', (a) => a.download)) === 'boris-bondarev.pdf', 'the download has another name');

// Bad input: a message, and the next document works.
for (const [name, bytes, words] of [
  ['noise.json', Buffer.from([0xff, 0xfe, 0, 1, 2, 3]), ''],
  ['huge.md', Buffer.alloc(100_000_000, 'a '), 'limit'],
]) {
  writeFileSync(path.join(own, name), bytes);
  await run(() => file.uploadFile(path.join(own, name)));
  const told = await text('error');
  must(told !== '' && told.includes(words), `${name}: '${told}'`);
  await run(() => file.uploadFile(ARTICLE));
  must(wanted('pdf').equals(await output()), `after ${name} the PDF differs`);
}

// Stopped in the middle, and on.
await page.evaluate(() => {
  document.getElementById('text').value = '# A\n\n' + 'A paragraph of words. '.repeat(200_000);
  document.getElementById('text').dispatchEvent(new Event('input', { bubbles: true }));
  document.getElementById('convert').click();
});
await page.waitForFunction(() => !document.getElementById('stop').hidden);
await page.click('#stop');
must((await text('status')) === 'Stopped', 'it does not stop');
await run(() => file.uploadFile(ARTICLE));
must(wanted('pdf').equals(await output()), 'after a stop the PDF differs');

// Without network, once everything is kept: other scripts too.
await page.waitForFunction(async () => {
  const [name] = await caches.keys();
  const list = await (await fetch('fonts/list.json')).json();
  const kept = (await (await caches.open(name)).keys()).map((request) => request.url);
  return list.every((font) => kept.some((url) => url.endsWith(font)));
}, { timeout: 60_000, polling: 500 });
server.kill();
await once(server, 'exit');
await open();
await run(() => file.uploadFile('tests/golden/showcase/input.wiki'));
for (const to of ['pdf', 'epub']) {
  await page.select('#to', to);
  await run(() => page.click('#convert'));
  must((await output()).length > 1000, `no ${to} without network: ${await text('error')}`);
}
await page.select('#to', 'pdf');
await run(() => file.uploadFile('tests/golden/book-arabic/input.md'));
must((await output()).length > 1000, `no Arabic without network: ${await text('error')}`);

await browser.close();
console.log(`web: ${took.join(', ')}; ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);

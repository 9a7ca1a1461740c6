// The package in Node: every golden document in every format, to the byte as the program writes it; options and
// errors; the size of what a visitor loads.
//   node package.mjs FOLDER FANFOLD
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const [own, program] = process.argv.slice(2);
const bundle = path.resolve(own, 'bundle');
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };

const fanfold = await import(pathToFileURL(path.join(bundle, 'fanfold.js')));
await fanfold.load();

const FORMATS = ['pdf', 'epub', 'html', 'text', 'json', 'markdown', 'chunks', 'article'];
const inputs = readdirSync('tests/golden').map((name) => path.join('tests/golden', name)).flatMap((folder) =>
  readdirSync(folder).filter((file) => file.startsWith('input.')).map((file) => path.join(folder, file)));
inputs.push('input/boris-bondarev.txt');
// Neither has a face for Japanese here, and both draw boxes.
const boxes = ['--allow', 'missing-glyphs'];
let compared = 0;
for (const input of inputs) {
  const folder = path.dirname(input);
  const images = Object.fromEntries(readdirSync(folder).filter((file) => /\.(png|jpg|gif|webp|svg)$/.test(file))
    .map((file) => [file, readFileSync(path.join(folder, file))]));
  for (const to of FORMATS) {
    const wanted = execFileSync(program, ['convert', '-q', '--no-config', '--no-system-fonts', ...boxes, '-t', to, input], { maxBuffer: 1 << 30 });
    try {
      const made = fanfold.convert(readFileSync(input), { to, name: input, images, allow: ['missing-glyphs'] });
      if (!wanted.equals(made)) {
        writeFileSync(path.join(own, `differs.${to}`), made);
        must(false, `${input} as ${to} differs from the program's`);
      }
    } catch (error) {
      must(false, `${input} as ${to}: ${error.stack}`);
      if (!(error instanceof fanfold.ConversionError)) throw error;
    }
    compared += 1;
  }
}

const fails = (code, words, source, options) => {
  try {
    fanfold.convert(source, options);
    must(false, `no error, though ${words} was expected`);
  } catch (error) {
    must(error.code === code && error.message.includes(words), `${error.code}: ${error.message}, not ${words}`);
  }
};
fails('option', 'papier', 'a', { to: 'pdf', papier: 'a5' });
fails('option', 'docx', 'a', { to: 'docx' });
fails('option', 'style', 'a', { to: 'pdf', style: '[colors]\nlinks = 7' });
fails('malformed', '', '{"format":', { to: 'text', from: 'json' });
fails('limit', 'limit', new Uint8Array(100_000_000).fill(97), { to: 'text' });
const said = [];
fanfold.convert('# A\n\n![](none.png)\n', { to: 'text', from: 'markdown', onDiagnostic: (one) => said.push(one) });
must(said.some(({ code, line }) => code === 'image-unavailable' && line === 3), `said: ${JSON.stringify(said)}`);
const small = fanfold.convert('# A', { to: 'pdf', from: 'markdown', paper: 'a5', style: 'report', toc: true });
must(small.length > 1000, 'a small PDF');
const typed = [...readFileSync('bindings/web/package/fanfold.d.ts', 'utf8').matchAll(/^export (?:function|class) (\w+)/gm)];
must(typed.map(([, name]) => name).sort().join() === Object.keys(fanfold).sort().join(), 'types and exports differ');

const LOADED = /\.(js|css|html|wasm)$/;
const sizes = readdirSync(bundle).filter((file) => LOADED.test(file)).map((file) => {
  const bytes = readFileSync(path.join(bundle, file));
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
});
const total = sizes.reduce((a, b) => a + b, 0);
must(total < 6_000_000, `${total} bytes are loaded, compressed`);
must(existsSync(path.join(bundle, 'fonts/list.json')), 'there is no list of fonts');

console.log(`web: ${compared} outputs compared, ${total} bytes loaded without fonts (brotli 9), ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);

// What pdf.js reads of each PDF, as lines of JSON.
//
// usage: read.mjs PDFJS PDF...
import { readFileSync } from 'node:fs';

const [library, ...paths] = process.argv.slice(2);
const { getDocument } = await import(library);
for (const path of paths) {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('') + '\n';
  }
  console.log(JSON.stringify(text));
}

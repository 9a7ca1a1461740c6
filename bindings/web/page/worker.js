// Converts apart from the page, which stays alive meanwhile.
import { convert, formats, load, styles, ConversionError } from "./fanfold.js";

const told = (error) => ({ message: error.message, code: error.code, line: error.line, help: error.help });
const loaded = load();

// Set before anything is waited for: what came earlier would be lost.
onmessage = async ({ data: { bytes, options, warm } }) => {
  const diagnostics = [];
  try {
    await loaded;
    if (warm) return warmUp(warm);
    const start = performance.now();
    const output = convert(bytes, { ...options, onDiagnostic: (said) => diagnostics.push(said) });
    postMessage({ output, diagnostics, took: performance.now() - start }, [output.buffer]);
  } catch (error) {
    const lost = !(error instanceof ConversionError);
    postMessage({ error: told(error), diagnostics, lost });
  }
};

// What runs for the first time is compiled on the way, and its faces are read: a small document of everything
// goes before the visitor's.
const SAMPLE = `---
title: A title
author: An author
lang: en
---
# A heading

A *paragraph* of **words** with a [link](https://example.org), \`code\`, a note[^1] and some more words, so that
lines are broken and hyphenated, one after another, until there are enough of them to be justified.

- an item
  1. another

> a quotation

| a | table |
|---|------:|
| 1 | 2     |

[^1]: A note.
`;

function warmUp(to) {
  for (let round = 0; round < 3; round++) convert(SAMPLE, { to, from: "markdown" });
}

loaded.then(
  () => postMessage({ ready: { formats: formats(), styles: Object.keys(styles()) } }),
  (error) => postMessage({ failed: `the converter could not be loaded: ${error.message}` }),
);

// fanfold in JavaScript: see fanfold.d.ts for what each part does.
import start, { convert as run, formats as formatList, styles as styleList, Images } from "./fanfold_web.js";
import { giveFont } from "./fonts.js";

export class ConversionError extends Error {
  name = "ConversionError";
  constructor({ message, code, line, column, help }, file) {
    super(message);
    Object.assign(this, { code, file, line, column, help });
  }
}

let loading;

export function load(wasm) {
  loading ??= start({ module_or_path: wasm ?? own("fanfold_web_bg.wasm") });
  return loading.then(() => undefined);
}

export function convert(source, options) {
  const { onDiagnostic, images = {}, ...rest } = options;
  if (typeof rest.author === "string") rest.author = [rest.author];
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const given = new Images();
  let made;
  try {
    for (const [name, image] of Object.entries(images)) given.add(name, image);
    made = run(bytes, JSON.stringify(rest), given);
    const { diagnostics, error } = JSON.parse(made.report());
    if (onDiagnostic) diagnostics.forEach((said) => onDiagnostic(said));
    if (error) throw new ConversionError(error, rest.name);
    return made.output();
  } finally {
    made?.free();
  }
}

export const formats = () => JSON.parse(formatList());

export const styles = () => JSON.parse(styleList());

export async function loadFonts(paths) {
  const all = async (path) => giveFont(path, new Uint8Array(await fetched(new URL(`fonts/${path}`, import.meta.url))));
  const listed = async () => JSON.parse(new TextDecoder().decode(await fetched(new URL("fonts/list.json", import.meta.url))));
  await Promise.all((paths ?? (await listed())).map(all));
}

function own(name) {
  const url = new URL(name, import.meta.url);
  const fs = globalThis.process?.getBuiltinModule?.("node:fs");
  return fs ? fs.readFileSync(url) : url;
}

async function fetched(url) {
  const fs = globalThis.process?.getBuiltinModule?.("node:fs");
  if (fs) return fs.readFileSync(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`'${url}' can't be read: ${response.status}`);
  return response.arrayBuffer();
}

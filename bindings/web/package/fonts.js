// The faces that pages are set in. Each is a file beside this one, read when a document first needs it: that
// is in the middle of a conversion, so it can't be waited for.
const here = new URL("fonts/", import.meta.url);
const given = new Map();

// Hands over a file beforehand, by its path in `fonts/`.
export function giveFont(path, bytes) {
  given.set(path, bytes);
}

// Called by the conversion. What it throws ends that.
export function fontFile(path) {
  const bytes = given.get(path) ?? read(new URL(path, here));
  given.delete(path);
  return bytes;
}

function read(url) {
  const fs = globalThis.process?.getBuiltinModule?.("node:fs");
  if (fs) return fs.readFileSync(url);
  if (typeof WorkerGlobalScope === "undefined") {
    throw new Error(`'${url}' can only be read in a worker; elsewhere await loadFonts() first`);
  }
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`'${url}' can't be read: ${request.status}`);
  return new Uint8Array(request.response);
}

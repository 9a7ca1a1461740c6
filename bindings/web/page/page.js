// The page: takes a source, has it converted by a worker, shows what came out.
const $ = (id) => document.getElementById(id);
const MOST_SHOWN = 200_000;
const SAMPLE = `# A heading

Some *Markdown*, wikitext, HTML or a plain article.

| a | table |
|---|---|
| 1 | 2 |
`;

let worker;
let formats = [];
// What is being converted, and whether it is to be converted again after that.
let asked;
let again = false;
let files = [];
let address;

// A worker that was stopped, or whose program is lost, makes room for another.
function hire() {
  worker?.terminate();
  worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.ready) ready(data.ready);
    else if (data.failed) fail(data.failed);
    else done(data);
  };
  worker.onerror = () => fail("the converter could not be loaded");
}

function ready(known) {
  if (formats.length > 0) return;
  formats = known.formats;
  const option = (select, value, text) => $(select).add(new Option(text, value));
  const main = ["pdf", "epub", "html", "text", "json", "markdown"];
  const rank = ({ name }) => (main.indexOf(name) + main.length + 1) % (main.length + 1);
  for (const { name } of formats.filter((format) => format.writes).sort((a, b) => rank(a) - rank(b))) option("to", name, name);
  for (const { name } of formats.filter((format) => format.reads)) option("from", name, name);
  for (const name of known.styles) option("style", name, name);
  $("convert").disabled = false;
  worker.postMessage({ warm: $("to").value });
  say("Ready");
}

function say(text) {
  $("status").textContent = text;
}

function busy(whether) {
  $("stop").hidden = !whether;
  $("result").setAttribute("aria-busy", whether);
}

function fail(text) {
  $("error").textContent = text;
}

function choose(list) {
  files = [...list];
  const names = files.map((file) => file.name).join(", ");
  $("file-name").textContent = files.length > 0 ? `To be converted: ${names}` : "";
}

const isImage = (file) => file.type.startsWith("image/") || /\.(png|jpe?g|gif|webp|svg)$/i.test(file.name);

async function convert() {
  again = asked !== undefined;
  if (again) return;
  const file = files.find((file) => !isImage(file));
  const text = $("text").value;
  fail("");
  if (!file && text.trim() === "") return fail("There is nothing to convert: choose a file or write some text.");
  asked = { to: $("to").value, style: $("style").value, name: file?.name ?? "document" };
  if ($("from").value) asked.from = $("from").value;
  if ($("paper").value) asked.paper = $("paper").value;
  say("Converting");
  busy(true);
  try {
    const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text);
    const images = {};
    for (const image of files.filter(isImage)) images[image.name] = new Uint8Array(await image.arrayBuffer());
    worker.postMessage({ bytes, options: { ...asked, images } }, [bytes.buffer]);
  } catch (error) {
    done({ error: { message: `${asked.name} can't be read: ${error.message}` } });
  }
}

function done({ output, diagnostics = [], error, lost, took }) {
  const options = asked;
  asked = undefined;
  busy(false);
  if (lost) hire();
  show(output, options, diagnostics);
  if (error) {
    say("Not converted");
    fail(`${error.line ? `line ${error.line}: ` : ""}${error.message}${error.help ? `; ${error.help}` : ""}`);
  } else {
    say(`Converted in ${Math.round(took)} ms: ${output.length.toLocaleString("en")} bytes`);
  }
  if (again) convert();
}

function show(output, options, diagnostics) {
  URL.revokeObjectURL(address);
  $("view").replaceChildren();
  $("download").hidden = output === undefined;
  $("result").hidden = output === undefined && diagnostics.length === 0;
  if (output) {
    const format = formats.find(({ name }) => name === options.to);
    address = URL.createObjectURL(new Blob([output], { type: format.mediaType }));
    const name = `${options.name.replace(/\.[^.]+$/, "")}.${format.extensions[0] ?? format.name}`;
    Object.assign($("download"), { href: address, download: name, textContent: `Download ${name}` });
    $("view").append(preview(output, format));
  }
  tell(diagnostics);
}

// The pages of a PDF in the browser's own viewer, which knows their tags; a page of HTML; text.
function preview(output, format) {
  if (format.name === "html" || (format.name === "pdf" && navigator.pdfViewerEnabled)) {
    const frame = document.createElement("iframe");
    if (format.name === "html") {
      Object.assign(frame, { title: "The page", sandbox: "", srcdoc: new TextDecoder().decode(output) });
    } else {
      Object.assign(frame, { title: "The PDF", src: address });
    }
    return frame;
  }
  if (format.text) {
    const text = document.createElement("pre");
    text.tabIndex = 0;
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", "The text");
    const whole = new TextDecoder().decode(output.subarray(0, MOST_SHOWN));
    text.textContent = output.length > MOST_SHOWN ? `${whole}\n[… the download has all of it]` : whole;
    return text;
  }
  const note = document.createElement("p");
  note.textContent = format.name === "pdf" ? "This browser shows no PDF inside a page: download it to see it." : "Download it to see it.";
  return note;
}

function tell(diagnostics) {
  const said = $("said");
  said.hidden = diagnostics.length === 0;
  said.querySelector("summary").textContent = `${diagnostics.length} remarks on the source`;
  const items = diagnostics.slice(0, 500).map(({ severity, code, message, help, line }) => {
    const item = document.createElement("li");
    item.textContent = `${line ? `line ${line}, ` : ""}${severity} (${code}): ${message}${help ? `; ${help}` : ""}`;
    return item;
  });
  said.querySelector("ul").replaceChildren(...items);
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  convert();
});
$("stop").addEventListener("click", () => {
  hire();
  asked = undefined;
  again = false;
  busy(false);
  say("Stopped");
  $("convert").focus();
});
$("file").addEventListener("change", () => {
  choose($("file").files);
  convert();
});
$("text").addEventListener("input", () => {
  $("file").value = "";
  choose([]);
});
$("text").addEventListener("paste", () => setTimeout(convert));
for (const id of ["from", "to", "style", "paper"]) $(id).addEventListener("change", () => $("result").hidden || convert());
for (const type of ["dragenter", "dragover"]) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    $("drop").classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => event.relatedTarget ?? $("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  $("drop").classList.remove("over");
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  choose(event.dataTransfer.files);
  convert();
});

$("text").value = SAMPLE;
hire();
// Once loaded, everything is kept for when there is no network.
navigator.serviceWorker?.register("keep.js").catch(() => {});
// A worker that came before has no share in what is kept.
navigator.serviceWorker?.addEventListener("controllerchange", () => asked ?? hire());

/** Something that is said about a document: what is lost, doubtful or worth knowing. */
export interface Diagnostic {
  /** The stable name, such as `no-alt`; `fanfold codes` lists all. */
  code: string;
  severity: "note" | "warning" | "error";
  message: string;
  /** What to do about it. */
  help: string | null;
  /** Where in the source, both from 1; the column counts characters. */
  line: number | null;
  column: number | null;
}

/** Options of a conversion: those of `fanfold convert --help` under the same names. Unknown ones are an error. */
export interface Options {
  /** The format to write: `pdf`, `epub`, `html`, `text`, `json`, … */
  to: string;
  /** The format of the source; otherwise the name's extension decides, then the content. */
  from?: string;
  /** The document's file name, as in `cat.md`. */
  name?: string;
  /** Such as `windows-1252`; otherwise UTF-8 or what the source declares or looks like. */
  encoding?: string;
  /** The name of a built-in style, or the TOML of another. */
  style?: string;
  /** `a4`, `letter`, `6x9in`, … */
  paper?: string;
  /** A table of contents before the text of a PDF. */
  toc?: boolean;
  /** Columns of a line of text: 72. */
  width?: number;
  /** Keep quotation marks as they stand in the source. */
  keepQuotes?: boolean;
  /** An EPUB with a cover, typeset from title and authors. */
  cover?: boolean;
  /** An EPUB with the faces of the PDF, cut to what occurs. */
  embedFonts?: boolean;
  title?: string;
  author?: string | string[];
  /** A language tag, such as `en` or `pt-BR`. */
  lang?: string;
  date?: string;
  license?: string;
  sourceUrl?: string;
  /** Where other articles lie: the address before their titles, or one with `$1` in their place. */
  linkBase?: string;
  /** Codes that fail the document; `warnings` means all warnings. */
  deny?: string[];
  /** Codes that do not, although they are errors, such as `missing-glyphs`, or all warnings do. */
  allow?: string[];
  /** Images that the document shows, by the names that it shows them by. */
  images?: Record<string, Uint8Array>;
  /** Called with each diagnostic, in the order in which they arose. */
  onDiagnostic?: (diagnostic: Diagnostic) => void;
}

export interface Format {
  name: string;
  extensions: string[];
  mediaType: string;
  /** Whether it is text, in UTF-8. */
  text: boolean;
  about: string;
  reads: boolean;
  writes: boolean;
}

/** Why there is no output. `code` is `option` for an option that there isn't, or a value that it does not take. */
export class ConversionError extends Error {
  code: string;
  file?: string;
  line: number | null;
  column: number | null;
  help: string | null;
}

/** Loads the program; before anything else. `wasm` is its file where it does not lie beside this module. */
export function load(wasm?: string | URL | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Converts a document. The same input gives the same bytes as the program `fanfold`.
 *
 * A PDF's faces are read by need from `fonts/` beside this module, which works in a worker and in Node; elsewhere
 * `loadFonts` has to be awaited first. An error other than `ConversionError` means that the program is lost,
 * and a new worker is needed.
 */
export function convert(source: Uint8Array | string, options: Options): Uint8Array;

/** What can be read and written. */
export function formats(): Format[];

/** The TOML of the built-in styles, by name. */
export function styles(): Record<string, string>;

/** Reads faces beforehand: these files of `fonts/`, or all of them. */
export function loadFonts(paths?: string[]): Promise<void>;

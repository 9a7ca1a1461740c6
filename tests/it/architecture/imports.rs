//! Which file uses which: the paths of `use` declarations and those written out in code, resolved to the
//! file that defines what they name, through re-exports.

use std::collections::{BTreeMap, BTreeSet};

/// A module: the file that holds it, what is defined there, and what it imports.
struct Module {
    file: String,
    defined: BTreeSet<String>,
    /// Name here and the path it stands for; a glob is named `*`.
    imports: Vec<(String, Vec<String>)>,
    /// Paths written out in code.
    paths: Vec<Vec<String>>,
}

/// Files, and for each the others that it uses.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// The graph of `files`, each with its path under `src` and its code without comments and unit tests.
pub fn graph(files: &[(String, String)]) -> Graph {
    let modules: BTreeMap<Vec<String>, Module> =
        files.iter().map(|(file, code)| (module_path(file), module(file, code))).collect();
    let mut graph = Graph::new();
    for (here, module) in &modules {
        let used = graph.entry(module.file.clone()).or_default();
        let imported = module.imports.iter().map(|(_, path)| path);
        for path in imported.chain(&module.paths) {
            if let Some(file) = resolve(&modules, here, path, 0)
                && *file != module.file
            {
                used.insert(file.clone());
            }
        }
    }
    graph
}

/// The first names of all paths in a file, among them the crates that it uses.
pub fn outside(code: &str) -> BTreeSet<&str> {
    let tokens = tokens(code);
    let first = |at: &usize| tokens.get(at + 1) == Some(&"::") && (*at == 0 || tokens[at - 1] != "::");
    (0..tokens.len()).filter(first).map(|at| tokens[at]).collect()
}

/// The sets of files that use each other in a circle, each set sorted.
pub fn circles(graph: &Graph) -> Vec<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|file| (&**file, reached(graph, file))).collect();
    let mut circles = BTreeSet::new();
    for (file, reached) in &reach {
        let circle: Vec<&str> = reached.iter().copied().filter(|other| reach[other].contains(file)).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

fn reached<'g>(graph: &'g Graph, from: &str) -> BTreeSet<&'g str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = graph[from].iter().map(|f| &**f).collect();
    while let Some(file) = open.pop() {
        if found.insert(file) {
            open.extend(graph[file].iter().map(|f| &**f));
        }
    }
    found
}

/// `layout/inline/mod.rs` is `layout::inline`; `lib.rs` is the root, and a program's root is its folder.
fn module_path(file: &str) -> Vec<String> {
    let stem = file.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").or(stem.strip_suffix("/main")).unwrap_or(if stem == "lib" {
        ""
    } else {
        stem
    });
    stem.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn module(file: &str, code: &str) -> Module {
    let tokens = tokens(code);
    let (mut defined, mut imports, mut paths) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at] {
            "use" => {
                at += 1;
                tree(&tokens, &mut at, &mut Vec::new(), &mut imports);
            }
            "struct" | "enum" | "fn" | "trait" | "type" | "const" | "static" | "union" | "macro_rules" => {
                let name = tokens.get(at + 1).filter(|t| **t != "!").or(tokens.get(at + 2));
                defined.extend(name.map(|name| (*name).to_owned()));
                at += 1;
            }
            start
                if is_word(start)
                    && tokens.get(at + 1) == Some(&"::")
                    && (at == 0 || tokens[at - 1] != "::")
                    && !within_visibility(&tokens, at) =>
            {
                let mut path = vec![start.to_owned()];
                while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|t| is_word(t)) {
                    path.push(tokens[at + 2].to_owned());
                    at += 2;
                }
                paths.push(path);
                at += 1;
            }
            _ => at += 1,
        }
    }
    Module { file: file.to_owned(), defined, imports, paths }
}

/// Whether a path is that of `pub(in …)`.
fn within_visibility(tokens: &[&str], at: usize) -> bool {
    at > 1 && tokens[at - 1] == "in" && tokens[at - 2] == "("
}

/// A tree of a `use` declaration, each leaf with the path that leads to it.
fn tree(tokens: &[&str], at: &mut usize, before: &mut Vec<String>, out: &mut Vec<(String, Vec<String>)>) {
    let length = before.len();
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match *token {
            "::" => continue,
            "{" => {
                while tokens.get(*at).is_some_and(|t| *t != "}") {
                    tree(tokens, at, before, out);
                    if tokens.get(*at) == Some(&",") {
                        *at += 1;
                    }
                }
                *at += 1;
                before.truncate(length);
                return;
            }
            "*" => {
                out.push(("*".to_owned(), before.clone()));
                before.truncate(length);
                return;
            }
            "self" if before.len() > length || length > 0 => {}
            word => before.push(word.to_owned()),
        }
        match tokens.get(*at) {
            Some(&"::") => {}
            Some(&"as") => {
                out.push((tokens.get(*at + 1).unwrap_or(&"_").to_string(), before.clone()));
                *at += 2;
                before.truncate(length);
                return;
            }
            _ => {
                out.push((before.last().cloned().unwrap_or_default(), before.clone()));
                before.truncate(length);
                return;
            }
        }
    }
}

/// The file that defines what a path names, seen from a module; `None` for what lies outside.
fn resolve<'m>(
    modules: &'m BTreeMap<Vec<String>, Module>,
    here: &[String],
    path: &[String],
    depth: usize,
) -> Option<&'m String> {
    let mut at = here.to_vec();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => {
            at.truncate(if at.first().is_some_and(|root| root == "bin") { 2 } else { 0 });
            rest = &path[1..];
        }
        Some("self") => rest = &path[1..],
        Some("super") => {
            while rest.first().is_some_and(|part| part == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        // Relative to this module: a child of it, or something else's name, such as a crate's.
        _ => {
            let child: Vec<String> = at.iter().chain(path.first()).cloned().collect();
            modules.get(&child)?;
        }
    }
    while let Some(part) = rest.first() {
        let child: Vec<String> = at.iter().chain([part]).cloned().collect();
        if !modules.contains_key(&child) {
            break;
        }
        at = child;
        rest = &rest[1..];
    }
    let module = modules.get(&at)?;
    let Some(name) = rest.first() else { return Some(&module.file) };
    if module.defined.contains(name) || depth > 8 {
        return Some(&module.file);
    }
    // Through the module's own imports: those of that name first, then globs.
    let named = module.imports.iter().filter(|(n, _)| n == name);
    let globs = module.imports.iter().filter(|(n, _)| n == "*");
    let through_glob = globs.filter_map(|(_, path)| {
        let whole: Vec<String> = path.iter().chain([name]).cloned().collect();
        let file = resolve(modules, &at, &whole, depth + 1)?;
        modules.values().any(|m| m.file == *file && m.defined.contains(name)).then_some(file)
    });
    let mut found = named.filter_map(|(_, path)| resolve(modules, &at, path, depth + 1)).chain(through_glob);
    found.next().or(Some(&module.file))
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::`, and the other characters one by one; what strings and characters hold is left out.
fn tokens(code: &str) -> Vec<&str> {
    let bytes = code.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'r' if matches!(bytes.get(at + 1), Some(b'"' | b'#')) && raw_end(code, at + 1).is_some() => {
                at = raw_end(code, at + 1).unwrap_or(bytes.len());
            }
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            // A character; a lifetime has no quotation mark behind its name.
            b'\'' => {
                let rest = &code[at + 1..];
                let length = match rest.chars().next() {
                    Some('\\') => rest[2..].find('\'').map(|i| i + 3),
                    Some(c) if rest[c.len_utf8()..].starts_with('\'') => Some(c.len_utf8() + 1),
                    _ => None,
                };
                at += 1 + length.unwrap_or(0);
            }
            b':' if bytes.get(at + 1) == Some(&b':') => {
                at += 2;
                tokens.push("::");
            }
            byte if byte == b'_' || byte.is_ascii_alphanumeric() => {
                while bytes.get(at).is_some_and(|b| *b == b'_' || b.is_ascii_alphanumeric()) {
                    at += 1;
                }
                tokens.push(&code[start..at]);
            }
            byte if byte.is_ascii_whitespace() || !byte.is_ascii() => at += 1,
            _ => {
                at += 1;
                tokens.push(&code[start..at]);
            }
        }
    }
    tokens
}

/// The end of a raw string whose hashes and quotation mark start at `at`.
fn raw_end(code: &str, at: usize) -> Option<usize> {
    let hashes = code[at..].bytes().take_while(|b| *b == b'#').count();
    let inner = code[at + hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(at + hashes + 1 + inner.find(&close)? + close.len())
}

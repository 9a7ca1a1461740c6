//! Code told apart by what its words are: comments, keywords, strings, numbers, names.
//!
//! A table of languages and a scanner that is linear in the text whatever stands in it. It knows words, not
//! grammars: what it takes for something else has a wrong colour, and never a wrong letter.

mod kind;
mod languages;
mod markup;
mod scan;

pub(crate) use kind::Kind;

/// Code in stretches of one kind each, `None` for what is nothing of them; one stretch when the language is
/// not known.
pub(crate) fn runs<'t>(language: Option<&str>, text: &'t str) -> Vec<(Option<Kind>, &'t str)> {
    let Some(language) = language.and_then(languages::find) else { return vec![(None, text)] };
    let (mut out, mut done) = (Vec::new(), 0);
    for (range, kind) in language.marks(text) {
        if range.start > done {
            out.push((None, &text[done..range.start]));
        }
        done = range.end;
        out.push((Some(kind), &text[range]));
    }
    if done < text.len() || out.is_empty() {
        out.push((None, &text[done..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every stretch in brackets after the first letter of its kind.
    fn shown(language: &str, text: &str) -> String {
        let letter = |kind| match kind {
            Kind::Keyword => 'k',
            Kind::Name => 'n',
            Kind::String => 's',
            Kind::Number => '#',
            Kind::Comment => 'c',
        };
        let runs = runs(Some(language), text);
        assert_eq!(runs.iter().map(|run| run.1).collect::<String>(), text, "{language}");
        runs.iter()
            .map(|(kind, text)| kind.map_or(text.to_string(), |k| format!("{}[{text}]", letter(k))))
            .collect()
    }

    #[test]
    fn code_is_told_apart() {
        for (language, text, want) in [
            (
                "rust",
                "fn f<'a>(x: &'a str) -> Vec<u8> { b'\\'' }",
                "k[fn] f<n['a]>(x: &n['a] n[str]) -> n[Vec]<n[u8]> { bs['\\''] }",
            ),
            (
                "rs",
                "/* a /* b */ c */ r#\"x\"y\"# 0x1F 1..2 1.5e-3",
                "c[/* a /* b */ c */] s[r#\"x\"y\"#] #[0x1F] #[1]..#[2] #[1.5e-3]",
            ),
            (
                "python",
                "@wraps\ndef f(x=None): # no\n  \"\"\"a\nb\"\"\"",
                "n[@wraps]\nk[def] f(x=#[None]): c[# no]\n  s[\"\"\"a\nb\"\"\"]",
            ),
            ("JavaScript", "const a = `x\n${y}`; // z", "k[const] a = s[`x\n${y}`]; c[// z]"),
            (
                "c",
                "#include <stdio.h>\nint main(void) { return 'a'; }",
                "k[#include] <stdio.h>\nn[int] main(n[void]) { k[return] s['a']; }",
            ),
            (
                "bash",
                "if [ \"$x\" ]; then echo ${#a} $HOME # no\nfi",
                "k[if] [ s[\"$x\"] ]; k[then] k[echo] ${#a} n[$HOME] c[# no]\nk[fi]",
            ),
            ("sql", "SELECT 'it''s' FROM t -- no", "k[SELECT] s['it''s'] k[FROM] t c[-- no]"),
            ("json", "{\"a\": [1, \"b\", true]}", "{n[\"a\"]: [#[1], s[\"b\"], #[true]]}"),
            ("yaml", "a b: 'c' # d\n- e: 2\n", "n[a b]: s['c'] c[# d]\n- n[e]: #[2]\n"),
            ("toml", "[a.b]\nc-d = \"e\" # f", "k[[a.b]]\nn[c-d] = s[\"e\"] c[# f]"),
            (
                "html",
                "<!-- a --><p class=\"b\">c &amp; d</p>",
                "c[<!-- a -->]k[<p] n[class]=s[\"b\"]k[>]c #[&amp;] dk[</p>]",
            ),
            (
                "css",
                "a:hover { color: #fff; /* b */ margin: 2em }",
                "a:hover { n[color]: #[#fff]; c[/* b */] n[margin]: #[2em] }",
            ),
            ("diff", "@@ -1 +1 @@\n-a\n+b\n c", "k[@@ -1 +1 @@]\n#[-a]\ns[+b]\n c"),
            ("tex", "\\begin{a} $x$ % b\n100\\%", "k[\\begin]{a} $x$ c[% b]\n#[100]k[\\%]"),
            ("haskell", "main :: IO ()\nmain = f' 1 -- x", "main :: n[IO] ()\nmain = f' #[1] c[-- x]"),
            ("lisp", "(defun f (x) \"a\" ; b\n x)", "(k[defun] f (x) s[\"a\"] c[; b]\n x)"),
            ("elixir", "def f(:a), do: nil", "k[def] f(n[:a]), k[do]: #[nil]"),
            ("nothing", "fn main", "fn main"),
            ("rust", "", ""),
        ] {
            assert_eq!(shown(language, text), want, "{language}");
        }
    }

    #[test]
    fn what_never_ends_ends_with_the_line_or_the_text() {
        assert_eq!(shown("rust", "\"a\nlet"), "s[\"a\nlet]");
        assert_eq!(shown("c", "\"a\nint"), "s[\"a]\nn[int]");
        assert_eq!(shown("c", "/* a\nint"), "c[/* a\nint]");
        assert_eq!(shown("html", "<a b=\"c"), "k[<a] n[b]=s[\"c]");
        assert_eq!(shown("html", "a < b &"), "a < b &");
    }

    #[test]
    fn every_language_takes_anything() {
        let pieces = [
            "\"", "'", "`", "\\", "/*", "*/", "<", "&", "#", "é", "\n", " ", ":", "=", "$", "@", "1e", "r#",
            "{-", "\"\"\"", "%", "0x",
        ];
        for language in languages::ALL {
            let mut state = 1u32;
            let text: String = (0..2000)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    pieces[(state >> 16) as usize % pieces.len()]
                })
                .collect();
            shown(language.names[0], &text);
        }
    }
}

//! Documents made of bytes: whatever the model can hold, in any order and at any place, with what
//! JSON asks of one (calls of notes have their note, spans lie in their source). The same bytes make
//! the same document, and fewer bytes a smaller one.

use arbitrary::Unstructured;
use fanfold::model::*;
use std::collections::BTreeMap;

/// Makes a document.
pub fn document(bytes: &[u8]) -> Document {
    let mut make = Make { u: Unstructured::new(bytes), nodes: 400, notes: 0, length: 0, newer: false };
    make.document()
}

/// What is written in any script, and what some writer or other takes for more than text.
const PIECES: &[&str] = &[
    "a",
    "words in running text, some of them",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "https://example.org/a/long/address/without/any/space?query=1#fragment",
    "العربية",
    "שלום עולם",
    "日本語の文章です。",
    "한국어 문장",
    "ภาษาไทยไม่มีช่องว่าง",
    "हिन्दी क्षत्रिय",
    "ᠮᠣᠩᠭᠣᠯ",
    "𞤀𞤣𞤤𞤢𞤥",
    "e\u{301}\u{302}\u{303}\u{304}\u{305}",
    "👨‍👩‍👧🏽",
    "🇫🇷🇩",
    "office ffl",
    " ",
    "  \t ",
    "\n",
    "\r\n\r\n",
    "\u{A0}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{202E}",
    "\u{2066}",
    "\u{2028}",
    "\u{0}",
    "\u{1B}[31m",
    "\u{85}",
    "\u{FFFE}",
    "\u{FDD0}",
    "\u{10FFFF}",
    "\u{E000}",
    "\u{FEFF}",
    "﷽",
    "<script>&amp;",
    "]]>",
    "-->",
    "\"'\\",
    "$x$",
    "= A =",
    "- ",
    "1. ",
    "A: b",
    "#",
    "|",
    "[^1]",
    "{{x}}",
    "(c) ... -- ---",
    "javascript:alert(1)",
    "data:text/html,x",
    "../../etc/passwd",
    "%00%zz",
    "\u{1D400}\u{1D54F}",
    "12 345,67",
];

const TEX: &[&str] = &[
    "x^2",
    r"\frac{a}{b}",
    r"\begin{matrix}a&b\\c\end{matrix}",
    r"\left(\sum_{i=0}^n\sqrt[3]{x}\right]",
    r"\text{a<b}\unknown{",
    "}",
    "{",
    r"\",
    "&",
    "a\u{0}日",
    r"\hat\hat\hat x'''",
    r"\color{red}\hspace{1cm}\def\a{\a}\a",
];

const ADDRESSES: &[&str] = &[
    "https://example.org/",
    "http://例え.jp/あ b?c=<d>&e#f",
    "javascript:alert(1)",
    "JaVa\tScRiPt:x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "mailto:a@b",
    "//host/path",
    "../up.html",
    "#",
    "",
    " ",
    "http://[::1",
    "a:b",
];

const LANGUAGES: &[&str] = &["en", "de", "fr", "ru", "ar", "he", "zh-Hans", "ja", "th", "tr", "qaa-Latn-x-y"];

/// Files of every kind that a writer can show, small ones.
const FILES: &[(&str, &[u8])] = &[
    ("image/png", include_bytes!("../../golden/showcase/flag.png")),
    ("image/gif", include_bytes!("../../golden/showcase/light.gif")),
    ("image/webp", include_bytes!("../../golden/showcase/buoy.webp")),
    ("image/jpeg", include_bytes!("../../golden/showcase/harbour.jpg")),
    ("image/svg+xml", include_bytes!("../../golden/showcase/profile.svg")),
    (
        "image/svg+xml",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='1e9'><script>x</script></svg>",
    ),
    ("image/png", b"\x89PNG\r\n\x1A\nnot one"),
    ("text/plain", b"words"),
];

/// The names of assets, and of images that have none.
const NAMES: &[&str] = &["a.png", "b/../c.svg", "é ?#%.gif", "none.webp", "http://example.org/x.jpg", ""];

struct Make<'b> {
    u: Unstructured<'b>,
    /// Nodes that may yet be made.
    nodes: usize,
    /// Notes of the article.
    notes: u32,
    /// Length of the source; 0 for a document without one.
    length: u32,
    /// Whether something is in it that only a later version of the JSON has.
    newer: bool,
}

/// Deepest normal nesting; see [`Make::tower`] for more.
const DEPTH: usize = 5;

impl Make<'_> {
    /// One of 0 to `n - 1`; 0 when there are no bytes left.
    fn below(&mut self, n: usize) -> usize {
        self.u.int_in_range(0..=n - 1).unwrap_or(0)
    }

    /// Once in `n` times, never when there are no bytes left.
    fn rarely(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn maybe<T>(&mut self, n: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.rarely(n).then(|| make(self))
    }

    fn many<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut made = Vec::new();
        while made.len() < most && self.nodes > 0 && self.below(4) != 0 {
            self.nodes -= 1;
            made.push(make(self));
        }
        made
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        loop {
            match self.below(8) {
                0..=4 => text.push_str(self.pick(PIECES)),
                5 => text.push_str(self.u.arbitrary().unwrap_or("")),
                6 => text.push(char::from_u32(self.u.arbitrary().unwrap_or(0)).unwrap_or(' ')),
                _ => text += &self.pick(PIECES).repeat(self.below(120)),
            }
            if self.below(3) != 2 {
                return text;
            }
            if self.below(2) == 0 {
                text.push(' ');
            }
        }
    }

    fn number(&mut self) -> u32 {
        match self.below(3) {
            0 => self.below(4) as u32,
            1 => self.pick(&[26, 27, 3999, 4000, u32::MAX - 1, u32::MAX]),
            _ => self.u.arbitrary().unwrap_or(1),
        }
    }

    fn reach(&mut self) -> u16 {
        match self.below(8) {
            0..=4 => 1,
            5 => 2,
            6 => self.below(9) as u16,
            _ => self.u.arbitrary().unwrap_or(u16::MAX),
        }
    }

    fn span(&mut self) -> Span {
        if self.length == 0 {
            return Span::default();
        }
        let end = self.u.int_in_range(0..=self.length).unwrap_or(0);
        let start = self.u.int_in_range(0..=end).unwrap_or(0);
        Span { source: SourceId(0), start, end }
    }

    fn document(&mut self) -> Document {
        let mut document = Document::default();
        if self.rarely(2) {
            self.length = 1 + self.number() / 2;
            document.sources.push(Source {
                name: self.text(),
                format: "article".to_owned(),
                encoding: "UTF-8".to_owned(),
                length: self.length,
                unknown: self.fields(),
            });
        }
        if let Some(meta) = self.maybe(4, Self::meta) {
            document.meta = meta;
        }
        document.articles.push(self.article());
        document.articles.extend(self.many(3, Self::article));
        for _ in 0..self.below(4) {
            let (name, (media_type, data)) = (self.pick(NAMES), self.pick(FILES));
            let media_type = if self.rarely(8) { self.text() } else { media_type.to_owned() };
            let asset = Asset { unknown: self.fields(), ..Asset::new(&media_type, data) };
            document.assets.insert(name.to_owned(), asset);
        }
        document.unknown = self.fields();
        document.newer_minor = self.newer.then_some(99);
        document
    }

    fn article(&mut self) -> Article {
        self.notes = self.below(4) as u32;
        let mut article =
            Article { meta: self.meta(), blocks: self.blocks(0), span: self.span(), ..Article::default() };
        if self.rarely(16) {
            article.blocks = self.tower(article.blocks);
        }
        for _ in 0..self.notes {
            let note = Note {
                name: self.maybe(2, Self::text),
                group: self.maybe(4, Self::group),
                unknown: self.fields(),
                ..Note::new(self.blocks(1), self.span())
            };
            article.notes.push(note);
        }
        article.citations = self.many(2, |make| Citation {
            template: make.text(),
            arguments: make.arguments(),
            span: make.span(),
            unknown: make.fields(),
        });
        article.unknown = self.fields();
        article
    }

    fn group(&mut self) -> String {
        let own = self.text();
        self.pick(&["lower-alpha", "upper-roman", "note", &own]).to_owned()
    }

    fn meta(&mut self) -> Meta {
        let mut meta = Meta { title: self.inlines(3), ..Meta::default() };
        if self.rarely(3) {
            meta.subtitle = self.inlines(4);
            meta.creators = self.many(2, |make| Creator {
                role: make.maybe(3, Self::text),
                unknown: make.fields(),
                ..Creator::new(make.text())
            });
            meta.date = self.maybe(2, |make| {
                let own = make.text();
                make.pick(&["2024-02-29", "2023-02-30", "-0044-03-15", "99999999999-01-01", "2024", &own])
                    .to_owned()
            });
            meta.description = self.maybe(2, Self::text);
            meta.identifier = self.maybe(2, Self::text);
            meta.publisher = self.maybe(2, Self::text);
            meta.rights = self.maybe(2, Self::text);
            meta.source_url = self.maybe(2, Self::text);
            meta.revision = self.maybe(2, Self::text);
            meta.subjects = self.many(3, Self::text);
            meta.spans = self.many(2, Self::span);
        }
        let origin = self.pick(&[Origin::Given, Origin::Detected, Origin::Guessed]);
        meta.language = self.maybe(2, Self::language).flatten().map(|tag| Language::new(tag, origin));
        meta.unknown = self.fields();
        meta
    }

    fn language(&mut self) -> Option<LanguageTag> {
        let tag = self.pick(LANGUAGES);
        LanguageTag::new(tag)
    }

    fn fields(&mut self) -> Fields {
        let mut fields = BTreeMap::new();
        if self.rarely(24) {
            self.newer = true;
            let value = self.pick(&["1", "null", "\"\\u0000\"", "{\"a\":[1.5e300,{}]}", "[[],\"\"]"]);
            fields.insert("later".to_owned(), value.to_owned());
        }
        Fields(fields)
    }

    fn attr(&mut self) -> Option<Box<Attr>> {
        if !self.rarely(5) {
            return None;
        }
        let attr = Attr {
            id: self.maybe(2, Self::text),
            classes: self.many(3, Self::text),
            lang: self.maybe(3, Self::language).flatten(),
            dir: self.maybe(3, |make| make.pick(&[Direction::Ltr, Direction::Rtl])),
            title: self.maybe(3, Self::text),
            unknown: self.fields(),
        };
        // What says nothing is not written, so there is none.
        (!attr.is_empty() || !attr.unknown.is_empty()).then(|| Box::new(attr))
    }

    /// Wraps blocks as deep as JSON lets them be: it has at most some 400 brackets, of which a list
    /// takes four a level and a table six.
    fn tower(&mut self, mut blocks: Vec<Block>) -> Vec<Block> {
        let levels = 1 + self.below(56);
        let kind = self.below(6);
        for _ in 0..levels {
            let span = self.span();
            let kind = match kind {
                0 => BlockKind::Quote { body: blocks },
                1 => BlockKind::Aside { role: Aside::Box, body: blocks },
                2 => BlockKind::List {
                    marker: Marker::Bullet,
                    tight: true,
                    items: vec![ListItem { blocks, checked: None, span }],
                },
                3 => BlockKind::Table(Box::new(Table {
                    columns: vec![Column::default()],
                    body: vec![Row { cells: vec![Cell::new(blocks, span)], span }],
                    ..Table::default()
                })),
                4 => BlockKind::Definitions {
                    items: vec![Definition { terms: Vec::new(), details: vec![blocks], span }],
                },
                _ => {
                    let style = Style::Emphasis;
                    let mut content = vec![Inline::new(InlineKind::Text { text: "deep".to_owned() }, span)];
                    for _ in 0..levels {
                        content = vec![Inline::new(InlineKind::Styled { style, content }, span)];
                    }
                    blocks.push(Block::new(BlockKind::Paragraph { content }, span));
                    return blocks;
                }
            };
            blocks = vec![Block::new(kind, span)];
        }
        blocks
    }

    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        self.many(12, |make| make.block(depth))
    }

    fn block(&mut self, depth: usize) -> Block {
        let kinds = if depth < DEPTH { 15 } else { 7 };
        let kind = match self.below(kinds) {
            0 | 1 => BlockKind::Paragraph { content: self.inlines(0) },
            2 => BlockKind::Heading { level: Level::clamped(1 + self.below(6)), content: self.inlines(2) },
            3 => {
                let (language, text) = (self.maybe(2, Self::text), self.text());
                BlockKind::Code { language, text, numbers: self.maybe(4, Self::number) }
            }
            4 => BlockKind::Math(Formula::tex(self.tex())),
            5 => BlockKind::Rule,
            6 => BlockKind::Unresolved(Box::new(self.unresolved())),
            7 => BlockKind::Quote { body: self.blocks(depth + 1) },
            8 | 9 => BlockKind::List {
                marker: self.marker(),
                tight: self.rarely(2),
                items: self.many(6, |make| ListItem {
                    blocks: make.blocks(depth + 1),
                    checked: make.maybe(4, |make| make.rarely(2)),
                    span: make.span(),
                }),
            },
            10 => BlockKind::Definitions {
                items: self.many(4, |make| Definition {
                    terms: make.many(2, |make| make.inlines(2)),
                    details: make.many(2, |make| make.blocks(depth + 1)),
                    span: make.span(),
                }),
            },
            11 => BlockKind::Table(Box::new(self.table(depth))),
            12 => BlockKind::Infobox(Box::new(self.infobox(depth))),
            13 => BlockKind::Figure { body: self.blocks(depth + 1), caption: self.inlines(2) },
            _ => {
                let role = self.pick(&[
                    Aside::Hatnote,
                    Aside::Note,
                    Aside::Tip,
                    Aside::Important,
                    Aside::Caution,
                    Aside::Warning,
                    Aside::Box,
                ]);
                BlockKind::Aside { role, body: self.blocks(depth + 1) }
            }
        };
        let attr = self.attr();
        let span = self.span();
        if self.rarely(64) {
            return Block::new(BlockKind::Unknown(Box::new(self.unknown(span))), span);
        }
        Node { kind, attr, span }
    }

    fn marker(&mut self) -> Marker {
        if self.below(2) == 0 {
            return Marker::Bullet;
        }
        let style = self.pick(&[
            NumberStyle::Decimal,
            NumberStyle::LowerAlpha,
            NumberStyle::UpperAlpha,
            NumberStyle::LowerRoman,
            NumberStyle::UpperRoman,
        ]);
        Marker::Ordered { start: self.number(), style }
    }

    fn align(&mut self) -> Option<Align> {
        self.maybe(3, |make| make.pick(&[Align::Start, Align::Center, Align::End]))
    }

    fn table(&mut self, depth: usize) -> Table {
        let mut table = Table {
            caption: self.inlines(3),
            columns: self.many(6, |make| Column { align: make.align() }),
            ..Table::default()
        };
        table.head = self.many(2, |make| make.row(depth));
        table.body = self.many(8, |make| make.row(depth));
        table.foot = self.many(2, |make| make.row(depth));
        table
    }

    fn row(&mut self, depth: usize) -> Row {
        let cells = self.many(6, |make| Cell {
            blocks: make.blocks(depth + 1),
            scope: make.maybe(4, |make| make.pick(&[Scope::Row, Scope::Column])),
            col_span: make.reach(),
            row_span: make.reach(),
            align: make.align(),
            // A table with a cell that has more is unknown as a whole.
            attr: make.attr().filter(|attr| attr.unknown.is_empty()),
            span: make.span(),
        });
        Row { cells, span: self.span() }
    }

    fn infobox(&mut self, depth: usize) -> Infobox {
        Infobox {
            title: self.inlines(3),
            image: self.maybe(2, |make| InfoboxImage { image: make.image(), caption: make.inlines(3) }),
            rows: self.many(6, |make| InfoboxRow {
                label: make.inlines(3),
                value: make.blocks(depth + 1),
                key: make.maybe(3, Self::text),
                span: make.span(),
            }),
        }
    }

    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        self.many(10, |make| make.inline(depth))
    }

    fn inline(&mut self, depth: usize) -> Inline {
        let kinds = if depth < DEPTH { 13 } else { 10 };
        let kind = match self.below(kinds) {
            0..=2 => InlineKind::Text { text: self.text() },
            3 => InlineKind::Code { text: self.text() },
            4 => InlineKind::Math(Formula::tex(self.tex())),
            5 => InlineKind::Image(Box::new(self.image())),
            6 if self.notes > 0 => InlineKind::Note { note: NoteId(self.below(self.notes as usize) as u32) },
            6 | 7 => InlineKind::SoftBreak,
            8 => InlineKind::HardBreak,
            9 => InlineKind::Unresolved(Box::new(self.unresolved())),
            10 => {
                InlineKind::Link(Box::new(Link { target: self.target(), content: self.inlines(depth + 1) }))
            }
            _ => InlineKind::Styled { style: self.style(), content: self.inlines(depth + 1) },
        };
        let attr = self.attr();
        let span = self.span();
        if self.rarely(64) {
            return Inline::new(InlineKind::Unknown(Box::new(self.unknown(span))), span);
        }
        Node { kind, attr, span }
    }

    fn style(&mut self) -> Style {
        use Style::*;
        self.pick(&[
            Emphasis,
            Strong,
            Underline,
            Strikeout,
            Superscript,
            Subscript,
            SmallCaps,
            Small,
            Mark,
            Keyboard,
            Sample,
            Variable,
            Inserted,
            Definition,
            Quotation,
            Abbreviation,
            Cite,
            Span,
        ])
    }

    fn tex(&mut self) -> String {
        match self.below(4) {
            3 => self.text(),
            _ => self.many(4, |make| make.pick(TEX)).concat(),
        }
    }

    fn target(&mut self) -> Target {
        match self.below(6) {
            0..=2 => Target::Url(self.pick(ADDRESSES).to_owned()),
            3 => Target::Url(self.text()),
            4 => Target::Anchor(self.text()),
            _ => Target::Article { title: self.text(), section: self.maybe(2, Self::text) },
        }
    }

    fn image(&mut self) -> Image {
        Image {
            source: if self.rarely(8) { self.text() } else { self.pick(NAMES).to_owned() },
            alt: self.maybe(2, Self::text),
            width: self.maybe(3, Self::number),
            height: self.maybe(3, Self::number),
        }
    }

    fn arguments(&mut self) -> Vec<(String, String)> {
        self.many(3, |make| (make.text(), make.text()))
    }

    fn unresolved(&mut self) -> Unresolved {
        Unresolved { name: self.text(), arguments: self.arguments(), source: self.text() }
    }

    /// A node of a kind that a later version may have.
    fn unknown(&mut self, span: Span) -> Unknown {
        self.newer = true;
        let json = format!("{{\"type\":\"spoiler\",\"depth\":2,\"span\":[{},{}]}}", span.start, span.end);
        Unknown { name: "spoiler".to_owned(), json, content: Vec::new() }
    }
}

//! What is open while events arrive: a stack of frames, each collecting its content.

use super::region::Division;
use crate::model::{
    Aside, Attr, Block, BlockKind, Column, Definition, Inline, InlineKind, Level, ListItem, Marker, Row,
    Span, Style, Target,
};
use crate::read::html::fragment::Fragment;

/// Something that was started and not yet ended.
pub(super) struct Frame {
    pub kind: FrameKind,
    pub attr: Option<Box<Attr>>,
    pub span: Span,
    /// Finished blocks in it.
    pub blocks: Vec<Block>,
    /// Running text in it; where blocks are wanted, it becomes a paragraph.
    pub inlines: Vec<Inline>,
    /// Styles and links in it that are open and too deep to keep.
    pub flat: usize,
    /// HTML in its running text, with what came before it; and HTML between its blocks.
    pub running_html: Option<Box<Fragment>>,
    pub html: Option<Box<Fragment>>,
}

pub(super) enum FrameKind {
    /// The document, or a container too deep to keep: its content goes to what holds it.
    Flat,
    Paragraph,
    Heading(Level),
    Quote,
    Aside(Aside),
    Division(Box<Division>),
    Code {
        language: Option<String>,
        text: String,
        numbers: Option<u32>,
        title: Option<Inline>,
    },
    List {
        marker: Marker,
        loose: bool,
        items: Vec<ListItem>,
    },
    Item {
        checked: Option<bool>,
    },
    Note {
        name: String,
    },
    Definitions(Vec<Definition>),
    Term,
    Detail,
    Table {
        columns: Vec<Column>,
        head: Vec<Row>,
        body: Vec<Row>,
    },
    Row {
        head: bool,
        cells: Vec<crate::model::Cell>,
    },
    Cell,
    Styled(Style),
    Link(Target),
    Image {
        source: String,
    },
}

impl Frame {
    pub fn new(kind: FrameKind, span: Span) -> Self {
        Frame {
            kind,
            attr: None,
            span,
            blocks: Vec::new(),
            inlines: Vec::new(),
            flat: 0,
            running_html: None,
            html: None,
        }
    }
}

/// A paragraph; one that is a single displayed formula is that formula.
pub(super) fn paragraph(mut content: Vec<Inline>) -> Block {
    let first = content.first().map(|inline| inline.span).unwrap_or_default();
    let span = content.last().map_or(first, |last| first.to(last.span));
    match content.as_mut_slice() {
        [Inline { kind: InlineKind::Math(formula), attr: Some(attr), .. }] if is_display(attr) => {
            Block::new(BlockKind::Math(std::mem::take(formula)), span)
        }
        _ => Block::paragraph(content, span),
    }
}

/// The class of math that stands between `$$`.
pub(super) const DISPLAY: &str = "display";

fn is_display(attr: &Attr) -> bool {
    attr.classes == [DISPLAY]
}

/// Running text without white space at its ends.
pub(super) fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_space = |inline: &Inline| match &inline.kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Text { text } => text.trim().is_empty(),
        _ => false,
    };
    while inlines.last().is_some_and(is_space) {
        inlines.pop();
    }
    let space = inlines.iter().take_while(|inline| is_space(inline)).count();
    inlines.drain(..space);
    if let Some(Inline { kind: InlineKind::Text { text }, .. }) = inlines.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    inlines
}

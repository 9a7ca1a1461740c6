//! What fanfold's JSON looks like, as far as it takes to find what does not belong to it.
//! The test below holds it against the schema that the model's types make.

use crate::account::Fate;

/// What a value may be.
pub(super) enum Shape {
    /// A string, a number, true or false.
    Leaf(Fate),
    /// One of these words.
    Word(&'static [&'static str]),
    Object(&'static [Field]),
    List(&'static Shape),
    /// An object whose names are free.
    Map(&'static Shape),
    /// An object that says by `type` which fields it has.
    Node(&'static [(&'static str, &'static [Field])]),
    /// An object that keeps fields it does not know: the document, an article, its metadata …
    Keeper(&'static [Field]),
    /// What may be absent: where it can't be read, it is kept as a field that is not known.
    Spare(&'static Shape),
}

pub(super) type Field = (&'static str, &'static Shape);

/// The fields that every node has beside its own.
pub(super) static EVERY_NODE: &[Field] = &[("type", &SYNTAX), ("attr", &ATTR), ("span", &SPAN)];

pub(super) static ENVELOPE: Shape = Shape::Keeper(&[
    ("schema", &META),
    ("version", &META),
    ("meta", &DOCUMENT_META),
    ("sources", &SOURCES),
    ("articles", &ARTICLES),
    ("assets", &ASSETS),
]);

static TEXT: Shape = Shape::Leaf(Fate::Rendered);
static META: Shape = Shape::Leaf(Fate::Metadata);
static SYNTAX: Shape = Shape::Leaf(Fate::Syntax);
static TEXTS: Shape = Shape::List(&TEXT);
static METAS: Shape = Shape::List(&META);
static SPAN: Shape = Shape::List(&META);
static SPANS: Shape = Shape::List(&SPAN);
static PAIRS: Shape = Shape::List(&TEXTS);

static DOCUMENT_META: Shape = Shape::Keeper(&[
    ("title", &INLINES),
    ("subtitle", &INLINES),
    ("creators", &CREATORS),
    ("date", &META),
    ("language", &SPARE_LANGUAGE),
    ("description", &META),
    ("identifier", &META),
    ("publisher", &META),
    ("rights", &META),
    ("source_url", &META),
    ("revision", &META),
    ("subjects", &METAS),
    ("spans", &SPANS),
]);
static CREATORS: Shape = Shape::List(&Shape::Keeper(&[
    ("name", &META),
    ("role", &META),
    ("affiliations", &METAS),
    ("email", &META),
    ("orcid", &META),
]));
static SPARE_LANGUAGE: Shape = Shape::Spare(&LANGUAGE);
static LANGUAGE: Shape = Shape::Keeper(&[("tag", &META), ("origin", &ORIGIN)]);
static ORIGIN: Shape = Shape::Word(&["given", "detected", "guessed"]);

static SOURCES: Shape = Shape::List(&Shape::Keeper(&[
    ("name", &META),
    ("format", &META),
    ("encoding", &META),
    ("length", &META),
]));
static ASSETS: Shape = Shape::Map(&ASSET);
static ASSET: Shape = Shape::Keeper(&[("media_type", &META), ("data", &TEXT), ("file", &TEXT)]);

static ARTICLES: Shape = Shape::List(&Shape::Keeper(&[
    ("meta", &DOCUMENT_META),
    ("blocks", &BLOCKS),
    ("notes", &NOTES),
    ("citations", &CITATIONS),
    ("span", &SPAN),
]));
static NOTES: Shape =
    Shape::List(&Shape::Keeper(&[("name", &TEXT), ("group", &TEXT), ("blocks", &BLOCKS), ("span", &SPAN)]));
static CITATIONS: Shape =
    Shape::List(&Shape::Keeper(&[("template", &META), ("arguments", &CITED), ("span", &SPAN)]));
static CITED: Shape = Shape::List(&METAS);

static ATTR: Shape = Shape::Object(&[
    ("id", &TEXT),
    ("classes", &TEXTS),
    ("lang", &TEXT),
    ("dir", &DIRECTION),
    ("title", &TEXT),
]);
static DIRECTION: Shape = Shape::Word(&["ltr", "rtl"]);

static BLOCKS: Shape = Shape::List(&BLOCK);
static BLOCK: Shape = Shape::Node(&[
    ("heading", &[("level", &SYNTAX), ("content", &INLINES)]),
    ("paragraph", &[("content", &INLINES)]),
    ("quote", &[("body", &BLOCKS)]),
    ("list", &[("marker", &MARKER), ("tight", &SYNTAX), ("items", &ITEMS)]),
    ("definitions", &[("items", &DEFINITIONS)]),
    ("code", &[("language", &TEXT), ("numbers", &SYNTAX), ("text", &TEXT)]),
    ("math", &[("tex", &TEXT), ("tree", &MATH)]),
    (
        "table",
        &[("caption", &INLINES), ("columns", &COLUMNS), ("head", &ROWS), ("body", &ROWS), ("foot", &ROWS)],
    ),
    ("infobox", &[("title", &INLINES), ("image", &BOX_IMAGE), ("rows", &BOX_ROWS)]),
    ("figure", &[("body", &BLOCKS), ("caption", &INLINES)]),
    ("aside", &[("role", &ROLE), ("body", &BLOCKS)]),
    ("notes", &[("notes", &SYNTAX), ("foot", &SYNTAX)]),
    ("rule", &[]),
    ("unresolved", UNRESOLVED),
]);
static UNRESOLVED: &[Field] = &[("name", &TEXT), ("arguments", &PAIRS), ("source", &TEXT)];
static MARKER: Shape = Shape::Object(&[("kind", &MARKER_KIND), ("start", &SYNTAX), ("style", &NUMBER_STYLE)]);
static MARKER_KIND: Shape = Shape::Word(&["bullet", "ordered"]);
static NUMBER_STYLE: Shape =
    Shape::Word(&["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]);
static ITEMS: Shape =
    Shape::List(&Shape::Object(&[("blocks", &BLOCKS), ("checked", &SYNTAX), ("span", &SPAN)]));
static DEFINITIONS: Shape =
    Shape::List(&Shape::Object(&[("terms", &TERMS), ("details", &DETAILS), ("span", &SPAN)]));
static TERMS: Shape = Shape::List(&INLINES);
static DETAILS: Shape = Shape::List(&BLOCKS);
static COLUMNS: Shape = Shape::List(&Shape::Object(&[("align", &ALIGN)]));
static ALIGN: Shape = Shape::Word(&["start", "center", "end"]);
static ROWS: Shape = Shape::List(&Shape::Object(&[("cells", &CELLS), ("span", &SPAN)]));
static CELLS: Shape = Shape::List(&Shape::Object(&[
    ("blocks", &BLOCKS),
    ("scope", &SCOPE),
    ("col_span", &SYNTAX),
    ("row_span", &SYNTAX),
    ("align", &ALIGN),
    ("attr", &ATTR),
    ("span", &SPAN),
]));
static SCOPE: Shape = Shape::Word(&["row", "column"]);
static BOX_IMAGE: Shape = Shape::Object(&[("image", &IMAGE), ("caption", &INLINES)]);
static BOX_ROWS: Shape =
    Shape::List(&Shape::Object(&[("label", &INLINES), ("value", &BLOCKS), ("key", &TEXT), ("span", &SPAN)]));
static ROLE: Shape = Shape::Word(&["hatnote", "note", "tip", "important", "caution", "warning", "box"]);

static MATHS: Shape = Shape::List(&MATH);
static MATH: Shape = Shape::Node(&[
    ("row", &[("children", &MATHS)]),
    ("identifier", &[("text", &TEXT), ("upright", &SYNTAX)]),
    ("number", &[("text", &TEXT)]),
    (
        "operator",
        &[
            ("text", &TEXT),
            ("form", &FORM),
            ("stretchy", &SYNTAX),
            ("symmetric", &SYNTAX),
            ("large", &SYNTAX),
            ("movable_limits", &SYNTAX),
            ("before", &SYNTAX),
            ("after", &SYNTAX),
            ("size", &SYNTAX),
        ],
    ),
    ("words", &[("text", &TEXT)]),
    ("space", &[("width", &SYNTAX)]),
    ("fraction", &[("numerator", &MATH), ("denominator", &MATH), ("thickness", &SYNTAX)]),
    ("root", &[("radicand", &MATH), ("index", &MATH)]),
    ("scripts", &[("base", &MATH), ("sub", &MATH), ("sup", &MATH), ("presub", &MATH), ("presup", &MATH)]),
    ("stack", &[("base", &MATH), ("under", &MATH), ("over", &MATH), ("accent", &SYNTAX)]),
    (
        "table",
        &[
            ("rows", &MATH_ROWS),
            ("columns", &MATH_ALIGNS),
            ("gaps", &NUMBERS),
            ("row_gap", &SYNTAX),
            ("display", &SYNTAX),
            ("column_lines", &NUMBERS),
            ("row_lines", &NUMBERS),
        ],
    ),
    ("phantom", &[("body", &MATH), ("horizontal", &SYNTAX), ("vertical", &SYNTAX)]),
    (
        "padded",
        &[("body", &MATH), ("width", &SYNTAX), ("shift", &SYNTAX), ("raise", &SYNTAX), ("smashed", &SYNTAX)],
    ),
    (
        "styled",
        &[("body", &MATH), ("display", &SYNTAX), ("level", &SYNTAX), ("size", &SYNTAX), ("color", &SYNTAX)],
    ),
    ("enclosed", &[("body", &MATH), ("notation", &NOTATION)]),
]);
static FORM: Shape = Shape::Word(&["prefix", "infix", "postfix"]);
static NOTATION: Shape = Shape::Word(&["box", "up-strike", "down-strike", "cross-strike", "line-strike"]);
static NUMBERS: Shape = Shape::List(&SYNTAX);
static MATH_ALIGNS: Shape = Shape::List(&MATH_ALIGN);
static MATH_ALIGN: Shape = Shape::Word(&["left", "center", "right"]);
static MATH_ROWS: Shape = Shape::List(&Shape::Object(&[("cells", &MATHS), ("tag", &MATH), ("label", &TEXT)]));

static INLINES: Shape = Shape::List(&INLINE);
static INLINE: Shape = Shape::Node(&[
    ("text", &[("text", &TEXT)]),
    ("styled", &[("style", &STYLE), ("content", &INLINES)]),
    ("code", &[("text", &TEXT)]),
    ("math", &[("tex", &TEXT), ("tree", &MATH)]),
    ("link", &[("target", &TARGET), ("content", &INLINES)]),
    ("image", IMAGE_FIELDS),
    ("note", &[("note", &SYNTAX)]),
    ("soft-break", &[]),
    ("hard-break", &[]),
    ("unresolved", UNRESOLVED),
]);
static IMAGE: Shape = Shape::Object(IMAGE_FIELDS);
static IMAGE_FIELDS: &[Field] = &[("source", &TEXT), ("alt", &TEXT), ("width", &TEXT), ("height", &TEXT)];
static TARGET: Shape = Shape::Object(&[("url", &TEXT), ("anchor", &TEXT), ("article", &ARTICLE_TARGET)]);
static ARTICLE_TARGET: Shape = Shape::Object(&[("title", &TEXT), ("section", &TEXT)]);
static STYLE: Shape = Shape::Word(&[
    "emphasis",
    "strong",
    "underline",
    "strikeout",
    "superscript",
    "subscript",
    "small-caps",
    "small",
    "mark",
    "keyboard",
    "sample",
    "variable",
    "inserted",
    "definition",
    "quotation",
    "abbreviation",
    "cite",
    "span",
]);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn of_shape(shape: &'static Shape, seen: &mut BTreeSet<*const Shape>, names: &mut BTreeSet<String>) {
        if !seen.insert(shape) {
            return;
        }
        let mut fields = |fields: &'static [Field], names: &mut BTreeSet<String>| {
            for (name, inner) in fields {
                names.insert((*name).to_owned());
                of_shape(inner, seen, names);
            }
        };
        match shape {
            Shape::Leaf(_) => {}
            Shape::Word(words) => names.extend(words.iter().map(|w| format!("'{w}'"))),
            Shape::Object(own) | Shape::Keeper(own) => fields(own, names),
            Shape::List(inner) | Shape::Map(inner) | Shape::Spare(inner) => of_shape(inner, seen, names),
            Shape::Node(kinds) => {
                for (kind, own) in *kinds {
                    names.insert(format!("'{kind}'"));
                    fields(own, names);
                    fields(EVERY_NODE, names);
                }
            }
        }
    }

    fn of_schema(value: &Value, names: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value) {
                        ("properties", Value::Object(own)) => {
                            names.extend(own.keys().cloned());
                            own.values().for_each(|v| of_schema(v, names));
                        }
                        ("const", Value::String(word)) => drop(names.insert(format!("'{word}'"))),
                        ("enum", Value::Array(words)) => {
                            names.extend(words.iter().filter_map(Value::as_str).map(|w| format!("'{w}'")));
                        }
                        _ => of_schema(value, names),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|v| of_schema(v, names)),
            _ => {}
        }
    }

    #[test]
    fn the_shape_has_the_names_that_the_schema_has() {
        let (mut shape, mut schema) = (BTreeSet::new(), BTreeSet::new());
        of_shape(&ENVELOPE, &mut BTreeSet::new(), &mut shape);
        of_schema(&serde_json::from_str(crate::schema::JSON_SCHEMA).unwrap(), &mut schema);
        // The name of the schema itself is a constant of it and no word of any field.
        schema.remove("'fanfold'");
        assert_eq!(shape, schema);
    }
}

#!/usr/bin/env bash
# skera 0.4.0, the Rust subsetter of Google's fontations, takes a list of the tables to drop. `MATH` is not in its default
# list, and fontTools' subsetter cuts that table to the glyphs that stay. Seen: skera leaves the table out, with no error
# and nothing said, so that a formula in the cut font has no variants of its brackets, no constants and no italics
# correction, while each glyph is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fonttools==4.59.0
# DejaVu Sans with its MATH table comes in this wheel.
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: --python-version 3.11 \
    --platform manylinux2014_x86_64 --dest "$folder" matplotlib==3.10.0
python3 -m zipfile -e "$folder"/matplotlib-*.whl "$folder/wheel"
font=$folder/wheel/matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf
mkdir -p "$folder/cut/src"
cat > "$folder/cut/Cargo.toml" <<'TOML'
[package]
name = "cut"
version = "0.0.0"
edition = "2024"

[dependencies]
skera = { version = "=0.4.0", default-features = false }
skrifa = "=0.44.0"
TOML
cat > "$folder/cut/src/main.rs" <<'RUST'
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::{FontRef, TableProvider, collections::IntSet, types::{GlyphId, NameId, Tag}};

fn main() {
    let [from, to] = [1, 2].map(|n| std::env::args().nth(n).expect("two files"));
    let data = std::fs::read(from).expect("a font");
    let font = FontRef::new(&data).expect("a font");
    let characters: IntSet<u32> = "x(√".chars().map(u32::from).collect();
    let drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    let features = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    let names = (0..=7).map(NameId::new).collect();
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(), &characters, &font, SubsetFlags::default(), &drop, &IntSet::all(), &features, &names,
        &[0x0409].into_iter().collect(),
    );
    let cut = subset_font(&font, &plan).expect("a font of fewer glyphs");
    let math = Tag::new(b"MATH");
    let has = |data: &[u8]| FontRef::new(data).expect("a font").table_data(math).is_some();
    println!("MATH is dropped by default: {}", DEFAULT_DROP_TABLES.contains(&math));
    println!("glyphs: {} before, {} after", font.maxp().expect("a count").num_glyphs(), FontRef::new(&cut).expect("a font").maxp().expect("a count").num_glyphs());
    println!("MATH: {} before, {} after skera 0.4.0", has(&data), has(&cut));
    std::fs::write(to, cut).expect("written");
}
RUST
{
    cargo run --quiet --manifest-path "$folder/cut/Cargo.toml" -- "$font" "$folder/cut.ttf"
    "$folder/venv/bin/pyftsubset" "$font" --text='x(√' --output-file="$folder/fonttools.ttf" 2> /dev/null
    "$folder/venv/bin/python" -c 'import sys; from fontTools.ttLib import TTFont; print("MATH:", "MATH" in TTFont(sys.argv[1]), "after fontTools 4.59.0")' "$folder/fonttools.ttf"
} > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
MATH is dropped by default: false
glyphs: 6241 before, 5 after
MATH: true before, false after skera 0.4.0
MATH: True after fontTools 4.59.0
SEEN

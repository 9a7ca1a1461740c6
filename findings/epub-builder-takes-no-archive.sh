#!/usr/bin/env bash
# epub-builder 0.8.3: `EpubBuilder<Z: Zip>` is generic over what writes the archive, so one expects to bring an archive of
# one's own: with fixed times, or without compressing. Seen: the module of the trait is private and nothing exports it,
# so that no other crate can name it, and the two writers that come with it are the only ones there can be. Whoever
# wants other bytes of the archive has to unpack what `ZipLibrary` made and pack it again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/own/src"
cat > "$folder/own/Cargo.toml" <<'TOML'
[package]
name = "own"
version = "0.0.0"
edition = "2024"

[dependencies]
epub-builder = { version = "=0.8.3", default-features = false, features = ["zip-library"] }
TOML
cat > "$folder/own/src/lib.rs" <<'RUST'
pub struct Archive;

impl epub_builder::zip::Zip for Archive {
    fn write_file<P: AsRef<std::path::Path>, R: std::io::Read>(&mut self, _: P, _: R) -> epub_builder::Result<()> {
        Ok(())
    }

    fn generate<W: std::io::Write>(self, _: W) -> epub_builder::Result<()> {
        Ok(())
    }
}
RUST
cargo fetch --quiet --manifest-path "$folder/own/Cargo.toml"
source=$(cargo metadata --quiet --format-version 1 --manifest-path "$folder/own/Cargo.toml" \
    | python3 -c 'import json, sys; print(next(p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == "epub-builder"))')
{
    echo "bounds on Zip: $(grep -c '^impl<Z: Zip> EpubBuilder<Z>' "$(dirname "$source")/src/epub.rs")"
    echo "exports of Zip: $(grep -cE '^pub use (self::)?zip::' "$(dirname "$source")/src/lib.rs" || true)"
    cargo check --quiet --manifest-path "$folder/own/Cargo.toml" 2>&1 | grep -E '^error' || true
} > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'SEEN'
bounds on Zip: 1
exports of Zip: 0
error[E0603]: module `zip` is private
error: could not compile `own` (lib) due to 1 previous error
SEEN

//! Colours by name and by number.

/// The colour as `#rrggbb`.
pub(super) fn color(model: Option<&str>, value: &str) -> Option<String> {
    let value = value.trim();
    let numbers = || value.split(',').map(|n| n.trim().parse::<f32>().ok()).collect::<Option<Vec<f32>>>();
    let byte = |n: f32| (n.clamp(0.0, 1.0) * 255.0).round() as u8;
    let hex = |r: u8, g: u8, b: u8| Some(format!("#{r:02x}{g:02x}{b:02x}"));
    match model.map(str::trim) {
        None | Some("named") => {
            let digits = value.strip_prefix('#').filter(|d| d.chars().all(|c| c.is_ascii_hexdigit()));
            match digits {
                Some(d) if d.len() == 6 => Some(format!("#{}", d.to_ascii_lowercase())),
                Some(d) if d.len() == 3 => Some(
                    d.to_ascii_lowercase().chars().fold("#".to_owned(), |out, c| out + &format!("{c}{c}")),
                ),
                _ => named(value).map(str::to_owned),
            }
        }
        Some("rgb") => match numbers()?.as_slice() {
            [r, g, b] => hex(byte(*r), byte(*g), byte(*b)),
            _ => None,
        },
        Some("RGB") => match numbers()?.as_slice() {
            [r, g, b] => hex(byte(r / 255.0), byte(g / 255.0), byte(b / 255.0)),
            _ => None,
        },
        Some("gray") => match numbers()?.as_slice() {
            [g] => hex(byte(*g), byte(*g), byte(*g)),
            _ => None,
        },
        Some("cmyk") => match numbers()?.as_slice() {
            [c, m, y, k] => {
                let part = |n: f32| byte((1.0 - n) * (1.0 - k));
                hex(part(*c), part(*m), part(*y))
            }
            _ => None,
        },
        Some("HTML") if value.len() == 6 && value.chars().all(|c| c.is_ascii_hexdigit()) => {
            Some(format!("#{}", value.to_ascii_lowercase()))
        }
        Some(_) => None,
    }
}

/// The colours that TeX's and MediaWiki's `\color` knows, by their names without regard to case.
fn named(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "black" => "#000000",
        "white" => "#ffffff",
        "red" => "#ff0000",
        "green" => "#00a64f",
        "lime" => "#00ff00",
        "blue" => "#0000ff",
        "cyan" | "aqua" => "#00aeef",
        "magenta" | "fuchsia" => "#ec008c",
        "yellow" => "#fff200",
        "orange" => "#f58137",
        "purple" => "#99479b",
        "violet" => "#58429b",
        "brown" => "#792500",
        "gray" | "grey" => "#949698",
        "darkgray" => "#404040",
        "lightgray" => "#bfbfbf",
        "pink" => "#ffbfbf",
        "olive" => "#808000",
        "teal" => "#008080",
        "navyblue" | "navy" => "#006eb8",
        "royalblue" => "#0071bc",
        "skyblue" => "#46c5dd",
        "maroon" => "#af3235",
        "forestgreen" => "#009b55",
        "limegreen" => "#8dc73e",
        "seagreen" => "#3fbc9d",
        "turquoise" => "#00b4ce",
        "dandelion" => "#fdbc42",
        "goldenrod" => "#ffdf42",
        "apricot" => "#fbb982",
        "salmon" => "#f69289",
        "tan" => "#da9d76",
        "mahogany" => "#a9341f",
        "brickred" => "#b6321c",
        "redorange" => "#f26035",
        "yelloworange" => "#faa21a",
        "burntorange" => "#f7921d",
        "emerald" => "#00a99d",
        "tealblue" => "#00aeb3",
        "cerulean" => "#00a2e3",
        "periwinkle" => "#7977b8",
        "plum" => "#92268f",
        "orchid" => "#af72b0",
        "lavender" => "#f49ec4",
        "junglegreen" => "#00a99a",
        "olivegreen" => "#3c8031",
        "bittersweet" => "#c04f17",
        "greenyellow" => "#dfe674",
        "melon" => "#f89e7b",
        "peach" => "#f7965a",
        "redviolet" => "#a1246b",
        "rubinered" => "#ed017d",
        "wildstrawberry" => "#ee2967",
        "carnationpink" => "#f282b4",
        "rhodamine" => "#ef559f",
        "mulberry" => "#a93c93",
        "thistle" => "#d883b7",
        "darkorchid" => "#a4538a",
        "royalpurple" => "#613f99",
        "blueviolet" => "#473992",
        "cadetblue" => "#74729a",
        "cornflowerblue" => "#41b0e4",
        "midnightblue" => "#006795",
        "processblue" => "#00b0f0",
        "aquamarine" => "#00b5be",
        "bluegreen" => "#00b3b8",
        "pinegreen" => "#008b72",
        "yellowgreen" => "#98cc70",
        "springgreen" => "#c6dc67",
        "rawsienna" => "#974006",
        "orangered" => "#ed135a",
        "violetred" => "#ef58a0",
        "sepia" => "#671800",
        _ => return None,
    })
}

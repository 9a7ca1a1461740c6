//! Templates whose arguments are a table: climate by months, inhabitants by years.

use super::arguments::{Argument, Arguments, is_positional};
use super::flat::Flat;
use crate::model::Span;

/// What arguments of climate tables start with: the months and the year, by language.
#[rustfmt::skip]
static MONTHS: [[&str; 13]; 7] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "year"],
    ["Янв", "Фев", "Мар", "Апр", "Май", "Июн", "Июл", "Авг", "Сен", "Окт", "Ноя", "Дек", "Год"],
    ["jan", "fév", "mar", "avr", "mai", "jui", "jul", "aoû", "sep", "oct", "nov", "déc", "ann"],
    ["jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez", "jahr"],
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic", "año"],
    ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic", "anno"],
    ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru", "rok"],
];

/// Arguments that name the place.
static PLACES: [&str; 5] = ["location", "title", "Город_род", "lieu", "place"];

/// Arguments of tables of inhabitants that say how they look, or what to reckon.
pub static STEER: [&str; 10] =
    ["type", "percentages", "align", "align-fn", "cols", "width", "state", "graph-pos", "shading", "class"];

/// A table of the months, with a row for each measure in the order in which they first occur.
/// Returns whether the arguments are such a table at all.
pub fn climate(arguments: &Arguments, span: Span, out: &mut Flat) -> bool {
    let Some(names) = MONTHS.iter().max_by_key(|names| by_month(arguments, names).count()) else {
        return false;
    };
    let mut rows: Vec<(&str, [Option<&Argument>; 13])> = Vec::new();
    for (measure, month, argument) in by_month(arguments, names) {
        let row = match rows.iter().position(|(m, _)| *m == measure) {
            Some(i) => i,
            None => {
                rows.push((measure, [None; 13]));
                rows.len() - 1
            }
        };
        // The last one of a name counts.
        rows[row].1[month] = Some(argument);
    }
    if rows.is_empty() {
        return false;
    }
    out.push_made("\n{|\n", span);
    if let Some(place) =
        PLACES.iter().find_map(|name| arguments.get(name)).filter(|v| !v.text.trim().is_empty())
    {
        out.push_made("|+ ", span);
        push_value(place, out);
        out.push_made("\n", span);
    }
    out.push_made(&format!("! !! {}\n", names.map(capital).join(" !! ")), span);
    for (measure, cells) in rows {
        out.push_made("|-\n! ", span);
        out.push_made(&label(measure), span);
        if let Some(least) = arguments.get(&format!("unit {measure}")).filter(|v| !v.text.trim().is_empty()) {
            out.push_made(" (≥ ", span);
            push_value(least, out);
            out.push_made(")", span);
        }
        out.push_made("\n", span);
        for cell in cells {
            out.push_made("| ", span);
            if let Some(argument) = cell {
                argument.show();
                push_value(&argument.value, out);
            }
            out.push_made("\n", span);
        }
    }
    out.push_made("|}\n", span);
    below(arguments, span, out);
    true
}

/// What the rows of the English Wikipedia's table are called, by their arguments; others as the argument is.
fn label(measure: &str) -> String {
    let (name, unit) = match measure.rsplit_once(' ') {
        Some((name, "C")) => (name, " °C"),
        Some((name, "F")) => (name, " °F"),
        Some((name, "mm")) => (name, " mm"),
        Some((name, "cm")) => (name, " cm"),
        Some((name, "inch")) => (name, " inches"),
        _ => (measure, ""),
    };
    let words = match name {
        "high" => "Mean daily maximum",
        "mean" => "Daily mean",
        "low" => "Mean daily minimum",
        "avg record high" => "Mean maximum",
        "avg record low" => "Mean minimum",
        "precipitation" => "Average precipitation",
        "rain" => "Average rainfall",
        "snow" => "Average snowfall",
        "precipitation days" => "Average precipitation days",
        "rain days" => "Average rainy days",
        "snow days" => "Average snowy days",
        "snow depth" => "Average extreme snow depth",
        "humidity" => "Average relative humidity (%)",
        "dew point" => "Average dew point",
        "sun" => "Mean monthly sunshine hours",
        "d sun" | "daily sun" => "Mean daily sunshine hours",
        "light" => "Mean daily daylight hours",
        "percentsun" => "Percentage possible sunshine",
        "uv" => "Average ultraviolet index",
        name => return capital(&name.replace('_', " ")) + unit,
    };
    words.to_owned() + unit
}

/// What stands below a table: its sources and its note.
fn below(arguments: &Arguments, span: Span, out: &mut Flat) {
    let label = |name: &str| match name {
        "footnote" => "",
        "Источник" => "Источник: ",
        _ => "Source: ",
    };
    for name in ["source", "source 1", "source 2", "Источник", "footnote"] {
        if let Some(value) = arguments.get(name).filter(|v| !v.text.trim().is_empty()) {
            out.push_made(&format!("\n<small>{}", label(name)), span);
            push_value(value, out);
            out.push_made("</small>\n", span);
        }
    }
}

/// The arguments that belong to a month: what they measure, the month's number, the argument.
fn by_month<'a>(
    arguments: &'a Arguments,
    names: &'static [&'static str; 13],
) -> impl Iterator<Item = (&'a str, usize, &'a Argument)> {
    arguments.list.iter().filter(|a| !a.value.text.trim().is_empty()).filter_map(move |argument| {
        let (month, measure) = names.iter().enumerate().find_map(|(i, month)| {
            let rest = argument.name.strip_prefix(month)?.strip_prefix([' ', '_', '-'])?;
            Some((i, rest))
        })?;
        Some((measure.trim(), month, argument))
    })
}

/// A table of years and inhabitants: `1721|65300|1750|113289`, or `1721=65300`.
pub fn populations(arguments: &Arguments, span: Span, out: &mut Flat) -> bool {
    let year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let positional: Vec<&Argument> = arguments.list.iter().filter(|a| is_positional(a)).collect();
    let pairs = positional.chunks_exact(2).filter(|pair| year(pair[0].value.text.trim()));
    let named = arguments.list.iter().filter(|a| year(&a.name) && !a.value.text.trim().is_empty());
    if pairs.clone().next().is_none() && named.clone().next().is_none() {
        return false;
    }
    out.push_made("\n{|\n", span);
    if let Some(title) = arguments.get("title").filter(|v| !v.text.trim().is_empty()) {
        out.push_made("|+ ", span);
        push_value(title, out);
        out.push_made("\n", span);
    }
    for pair in pairs {
        pair.iter().for_each(|argument| argument.show());
        out.push_made("|-\n! ", span);
        push_value(&pair[0].value, out);
        out.push_made("\n| ", span);
        push_value(&pair[1].value, out);
        out.push_made("\n", span);
    }
    for argument in named {
        argument.show();
        out.push_made(&format!("|-\n! {}\n| ", argument.name), span);
        push_value(&argument.value, out);
        out.push_made("\n", span);
    }
    if let (Some(estimate), Some(year)) = (arguments.get("estimate"), arguments.get("estyear"))
        && !estimate.text.trim().is_empty()
    {
        out.push_made("|-\n! ", span);
        push_value(year, out);
        out.push_made(" (est.)\n| ", span);
        push_value(estimate, out);
        if let Some(source) = arguments.get("estref") {
            push_value(source, out);
        }
        out.push_made("\n", span);
    }
    out.push_made("|}\n", span);
    below(arguments, span, out);
    true
}

/// A value on one line.
fn push_value(value: &Flat, out: &mut Flat) {
    let text = value.text.trim();
    let start = text.as_ptr() as usize - value.text.as_ptr() as usize;
    out.push_slice(value, start..start + text.len());
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(table: fn(&Arguments, Span, &mut Flat) -> bool, given: &[(&str, &str)]) -> String {
        let span = Span::new(0, 1);
        let list = given.iter().map(|(name, text)| {
            let mut value = Flat::default();
            value.push_made(text, span);
            Argument::new((*name).to_owned(), value, span)
        });
        let mut out = Flat::default();
        assert!(table(&Arguments { list: list.collect() }, span, &mut out));
        out.text
    }

    #[test]
    fn a_climate_says_where_it_is_from() {
        let table = made(climate, &[("Jan high C", "3"), ("source 1", "[http://a A]<ref>B</ref>")]);
        assert!(table.ends_with("|}\n\n<small>Source: [http://a A]<ref>B</ref></small>\n"), "{table}");
    }

    #[test]
    fn an_estimate_is_the_last_row() {
        let given =
            [("1", "1990"), ("2", "7"), ("estyear", "2016"), ("estimate", "9"), ("footnote", "Census")];
        let table = made(populations, &given);
        let end = "|-\n! 1990\n| 7\n|-\n! 2016 (est.)\n| 9\n|}\n\n<small>Census</small>\n";
        assert!(table.ends_with(end), "{table}");
    }
}

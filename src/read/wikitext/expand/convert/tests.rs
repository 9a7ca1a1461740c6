//! What Wikipedia shows for calls, many of them those of the template's documentation.

use super::super::arguments::{Argument, Arguments};
use super::*;

fn arguments(call: &str) -> Arguments {
    let mut position = 0;
    let list = call.split('|').map(|part| {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.to_owned(), value),
            None => {
                position += 1;
                (position.to_string(), part)
            }
        };
        let mut flat = Flat::default();
        flat.push_made(value, Span::new(0, 1));
        Argument::new(name, flat, Span::default())
    });
    Arguments { list: list.collect() }
}

fn shown(call: &str) -> (String, Option<Misread>) {
    let mut out = Flat::default();
    let (name, call) = call.split_once('|').unwrap();
    let misread = expand(&arguments(call), name == "cvt", Span::new(0, 1), &mut out);
    (out.text.replace(['\u{A0}', '\u{202F}'], " "), misread)
}

#[rustfmt::skip]
static CASES: &[(&str, &str)] = &[
    ("convert|2|km|mi", "2 kilometres (1.2 mi)"),
    ("convert|2|km|mi|2", "2 kilometres (1.24 mi)"),
    ("convert|7|mi|km", "7 miles (11 km)"),
    ("convert|1|mi|km", "1 mile (1.6 km)"),
    ("convert|100|km|mi|sp=us", "100 kilometers (62 mi)"),
    ("cvt|100|km", "100 km (62 mi)"),
    ("convert|52,419|sqmi|km2|abbr=on", "52,419 sq mi (135,760 km²)"),
    ("convert|123|cuyd|m3", "123 cubic yards (94 m³)"),
    ("convert|10|USgal|L", "10 US gallons (38 L)"),
    ("convert|43|ha|acre", "43 hectares (110 acres)"),
    ("convert|1|acre", "1 acre (0.40 ha)"),
    // rounding
    ("convert|10000|ft|m", "10,000 feet (3,000 m)"),
    ("convert|10900|ft|m", "10,900 feet (3,300 m)"),
    ("convert|10003|ft|m", "10,003 feet (3,049 m)"),
    ("convert|10003.1234|ft|m", "10,003.1234 feet (3,048.9520 m)"),
    ("convert|10900|ft|m|0", "10,900 feet (3,322 m)"),
    ("convert|10900|ft|m|-1", "10,900 feet (3,320 m)"),
    ("convert|10900|ft|m|-3", "10,900 feet (3,000 m)"),
    ("convert|10900|ft|m|sigfig=3", "10,900 feet (3,320 m)"),
    ("convert|1.2e6|m|ft", "1.2×10<sup>6</sup> metres (3,900,000 ft)"),
    ("convert|8849|m|ft", "8,849 metres (29,032 ft)"),
    ("convert|1000|m|ft", "1,000 metres (3,300 ft)"),
    ("convert|75|kg|lb", "75 kilograms (165 lb)"),
    ("convert|75|kg|lb|round=5", "75 kilograms (165 lb)"),
    ("convert|72|kg|lb|round=5", "72 kilograms (160 lb)"),
    ("convert|0|C|F", "0 °C (32 °F)"),
    ("convert|-40|C|F", "−40 °C (−40 °F)"),
    ("convert|37.5|C|F", "37.5 °C (99.5 °F)"),
    ("convert|300|K|C F", "300 K (27 °C; 80 °F)"),
    ("convert|10|C-change", "10 °C (18 °F)"),
    ("convert|0|km|mi", "0 kilometres (0 mi)"),
    // several units
    ("convert|5|ft|6|in|m", "5 feet 6 inches (1.68 m)"),
    ("convert|5|ft|8|in|m|2", "5 feet 8 inches (1.73 m)"),
    ("convert|6|ft|1|in|cm", "6 feet 1 inch (185 cm)"),
    ("cvt|6|ft|1|in|cm|0", "6 ft 1 in (185 cm)"),
    ("convert|10|st|7|lb|kg", "10 stone 7 pounds (67 kg)"),
    ("convert|2|lb|4|oz|kg", "2 pounds 4 ounces (1.0 kg)"),
    ("convert|5|ft|6|in|m|adj=on", "5-foot-6-inch (1.68 m)"),
    ("convert|1.83|m|ftin", "1.83 metres (6 ft 0 in)"),
    ("convert|14|m|ftin", "14 metres (45 ft 11 in)"),
    ("convert|1.7|m", "1.7 metres (5 ft 7 in)"),
    ("convert|10|m", "10 metres (33 ft)"),
    ("convert|80|kg|stlb", "80 kilograms (12 st 8 lb)"),
    ("convert|10|st|kg lb", "10 stone (64 kg; 140 lb)"),
    ("convert|12|nmi|km mi", "12 nautical miles (22 km; 14 mi)"),
    ("convert|25|kn", "25 knots (46 km/h; 29 mph)"),
    // ranges
    ("convert|5|-|10|mi", "5–10 miles (8.0–16.1 km)"),
    ("convert|5|to|10|mi", "5 to 10 miles (8.0 to 16.1 km)"),
    ("convert|60|and|170|kg|lb", "60 and 170 kilograms (130 and 370 lb)"),
    ("convert|120|x|60|m|ft", "120 by 60 metres (390 ft × 200 ft)"),
    ("convert|25|by|36|cm|0|abbr=on", "25 by 36 cm (10 by 14 in)"),
    ("cvt|2|x|3|x|4|ft|m", "2 ft × 3 ft × 4 ft (0.61 m × 0.91 m × 1.22 m)"),
    ("convert|10|+/-|2|km", "10 ± 2 kilometres (6.2 ± 1.2 mi)"),
    ("convert|20|to(-)|30|C", "20–30 °C (68–86 °F)"),
    // fractions
    ("convert|1/2|in", "1⁄2 inch (13 mm)"),
    ("convert|2+1/2|mi", "2 1⁄2 miles (4.0 km)"),
    ("convert|5.56|cm|in|frac=16", "5.56 centimetres (2 3⁄16 in)"),
    // the way it is written
    ("convert|10|mi|km|adj=on", "10-mile (16 km)"),
    ("convert|4|acre|ha|adj=on", "4-acre (1.6 ha)"),
    ("convert|10|mi|km|adj=mid|-long", "10-mile-long (16 km)"),
    ("convert|10|mi|km|0|adj=mid|-long", "10-mile-long (16 km)"),
    ("convert|5|mi|km|adj=pre|statute", "5 statute miles (8.0 km)"),
    ("convert|10|to|20|m|ft|adj=on", "10-to-20-metre (33 to 66 ft)"),
    ("convert|1000|ft|m|sing=on", "1,000-foot (300 m)"),
    ("convert|10|km|mi|order=flip", "6.2 miles (10 km)"),
    ("convert|1|in|mm|order=flip|abbr=on", "25 mm (1 in)"),
    ("convert|10|km|mi|abbr=off", "10 kilometres (6.2 miles)"),
    ("convert|10|km|mi|disp=or", "10 kilometres or 6.2 mi"),
    ("convert|10|km|mi|disp=sqbr", "10 kilometres [6.2 mi]"),
    ("convert|10|km|mi|disp=out", "6.2 mi"),
    ("convert|10|km|mi|disp=number", "6.2"),
    ("convert|12345|km|mi|comma=off", "12345 kilometres (7671 mi)"),
    ("convert|12345|km|mi|comma=gaps", "12 345 kilometres (7 671 mi)"),
    ("convert|3|ft|m|spell=In", "Three feet (0.91 m)"),
    // millions, rates, prefixes
    ("convert|22|e6acre|km2", "22 million acres (89,000 km²)"),
    ("convert|5|e9USgal|e6m3", "5 billion US gallons (19×10<sup>6</sup> m³)"),
    ("convert|260|PD/sqmi|PD/km2", "260 inhabitants per square mile (100/km²)"),
    ("cvt|400|/km2|/sqmi", "400/km² (1,000/sq mi)"),
    ("convert|25|mpgus|L/100 km", "25 miles per US gallon (9.4 L/100 km)"),
    ("convert|100|kg/m|lb/ft", "100 kilograms per metre (67 lb/ft)"),
    ("convert|8|g/cm3|lb/cuin", "8 grams per cubic centimetre (0.29 lb/cu in)"),
    ("convert|150|hp|kW", "150 horsepower (110 kW)"),
    ("convert|300|Nm|lbft", "300 newton-metres (220 lb⋅ft)"),
    ("convert|2|Mpc|ly", "2 megaparsecs (6,500,000 ly)"),
    ("convert|9|furlong", "9 furlongs (1,800 m)"),
];

#[test]
fn measures_are_those_of_wikipedia() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|(call, right)| {
            let (text, misread) = shown(call);
            (text != *right || misread != Some(Vec::new()))
                .then(|| format!("{call}: {text} {misread:?}, not {right}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_understood_is_said() {
    assert_eq!(
        shown("convert|7|furlongs per fortnight"),
        ("7 furlongs per fortnight".into(), Some(vec!["2".into()]))
    );
    assert_eq!(shown("convert|7|km|kg"), ("7 kilometres".into(), Some(vec!["3".into()])));
    assert_eq!(
        shown("convert|7|km|mi|abbr=maybe"),
        ("7 kilometres (4.3 mi)".into(), Some(vec!["abbr".into()]))
    );
    assert_eq!(shown("convert|7|km|mi|2|stray").1, Some(vec!["5".into()]));
    for nonsense in ["convert|", "convert|about 5|km", "convert|5|to|many|km", "convert||km|mi"] {
        assert_eq!(shown(nonsense).1, None, "{nonsense}");
    }
}

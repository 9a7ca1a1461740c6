//! The units that measures are given in: what they are called, how large they are.

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Length,
    Area,
    Volume,
    Mass,
    Time,
    Speed,
    Acceleration,
    Temperature,
    Difference,
    Power,
    Energy,
    Force,
    Torque,
    Pressure,
    Frequency,
    /// People or things in an area.
    Density,
    /// Distance by volume of fuel.
    Economy,
    Charge,
    Flow,
}

/// A unit: its names in calls, what it measures, its size in the base unit of that, its symbol, its
/// name for one and for several (empty: the name with an `s`), and what it is shown in by default.
pub struct Unit {
    pub codes: &'static [&'static str],
    pub kind: Kind,
    pub scale: f64,
    pub symbol: &'static str,
    pub one: &'static str,
    pub many: &'static str,
    pub default: &'static str,
}

const fn u(
    codes: &'static [&'static str],
    kind: Kind,
    scale: f64,
    symbol: &'static str,
    one: &'static str,
    many: &'static str,
    default: &'static str,
) -> Unit {
    Unit { codes, kind, scale, symbol, one, many, default }
}

use Kind::*;

const FT: f64 = 0.3048;
const MI: f64 = 1609.344;
const LB: f64 = 0.453_592_37;
const G: f64 = 9.806_65;
const US_GALLON: f64 = 0.003_785_411_784;
const GALLON: f64 = 0.004_546_09;
const HP: f64 = 745.699_871_582_270_2;
const BARREL: f64 = US_GALLON * 42.0;

/// A symbol that is empty is the name, for one or several.
#[rustfmt::skip]
pub static UNITS: &[Unit] = &[
    u(&["m", "metre", "metres", "meter", "meters"], Length, 1.0, "m", "metre", "", "ft"),
    u(&["km", "kilometre", "kilometres", "kilometer", "kilometers"], Length, 1000.0, "km", "kilometre", "", "mi"),
    u(&["cm", "centimetre", "centimetres"], Length, 0.01, "cm", "centimetre", "", "in"),
    u(&["mm", "millimetre", "millimetres"], Length, 0.001, "mm", "millimetre", "", "in"),
    u(&["um", "μm", "µm"], Length, 1e-6, "μm", "micrometre", "", "in"),
    u(&["nm"], Length, 1e-9, "nm", "nanometre", "", "in"),
    u(&["mi", "mile", "miles"], Length, MI, "mi", "mile", "", "km"),
    u(&["nmi", "NM"], Length, 1852.0, "nmi", "nautical mile", "", "km mi"),
    u(&["yd", "yard", "yards"], Length, FT * 3.0, "yd", "yard", "", "m"),
    u(&["ft", "foot", "feet"], Length, FT, "ft", "foot", "feet", "m"),
    u(&["in", "inch", "inches", "\""], Length, 0.0254, "in", "inch", "inches", "mm"),
    u(&["hand"], Length, 0.1016, "h", "hand", "", "in cm"),
    u(&["furlong", "fur"], Length, 201.168, "", "furlong", "", "m"),
    u(&["chain", "ch"], Length, 20.1168, "", "chain", "", "m"),
    u(&["rod", "perch", "pole"], Length, 5.0292, "", "rod", "", "m"),
    u(&["link", "li"], Length, 0.201_168, "", "link", "", "m"),
    u(&["fathom"], Length, 1.8288, "", "fathom", "", "ft m"),
    u(&["league"], Length, 4828.032, "", "league", "", "km"),
    u(&["mil", "thou"], Length, 2.54e-5, "mil", "mil", "", "mm"),
    u(&["AU"], Length, 149_597_870_700.0, "AU", "astronomical unit", "", "km mi"),
    u(&["ly"], Length, 9.460_730_472_580_8e15, "ly", "light-year", "", "km mi"),
    u(&["pc"], Length, 3.085_677_581_491_367e16, "pc", "parsec", "", "ly"),
    u(&["angstrom", "Å"], Length, 1e-10, "Å", "ångström", "", "in"),

    u(&["m2", "sqm", "m²"], Area, 1.0, "m²", "square metre", "", "sqft"),
    u(&["km2", "sqkm", "km²"], Area, 1e6, "km²", "square kilometre", "", "sqmi"),
    u(&["cm2", "sqcm"], Area, 1e-4, "cm²", "square centimetre", "", "sqin"),
    u(&["mm2", "sqmm"], Area, 1e-6, "mm²", "square millimetre", "", "sqin"),
    u(&["sqmi", "mi2", "mi²"], Area, MI * MI, "sq mi", "square mile", "", "km2"),
    u(&["sqyd", "yd2"], Area, 0.836_127_36, "sq yd", "square yard", "", "m2"),
    u(&["sqft", "ft2"], Area, 0.092_903_04, "sq ft", "square foot", "square feet", "m2"),
    u(&["sqin", "in2"], Area, 0.000_645_16, "sq in", "square inch", "square inches", "cm2"),
    u(&["sqnmi"], Area, 3_429_904.0, "sq nmi", "square nautical mile", "", "km2 sqmi"),
    u(&["acre", "acres", "ac"], Area, 4_046.856_422_4, "", "acre", "", "ha"),
    u(&["ha", "hectare", "hectares"], Area, 10_000.0, "ha", "hectare", "", "acre"),
    u(&["are", "a"], Area, 100.0, "a", "are", "", "sqft"),
    u(&["dunam"], Area, 1000.0, "", "dunam", "", "km2 sqmi"),
    u(&["section"], Area, 2_589_988.110_336, "", "section", "", "ha acre"),

    u(&["m3", "cum"], Volume, 1.0, "m³", "cubic metre", "", "cuft"),
    u(&["km3"], Volume, 1e9, "km³", "cubic kilometre", "", "cumi"),
    u(&["cm3"], Volume, 1e-6, "cm³", "cubic centimetre", "", "cuin"),
    u(&["cc"], Volume, 1e-6, "cc", "cubic centimetre", "", "cuin"),
    u(&["mm3"], Volume, 1e-9, "mm³", "cubic millimetre", "", "cuin"),
    u(&["cumi", "mi3"], Volume, MI * MI * MI, "cu mi", "cubic mile", "", "km3"),
    u(&["cuyd", "yd3"], Volume, 0.764_554_857_984, "cu yd", "cubic yard", "", "m3"),
    u(&["cuft", "ft3"], Volume, 0.028_316_846_592, "cu ft", "cubic foot", "cubic feet", "m3"),
    u(&["cuin", "in3"], Volume, 1.638_706_4e-5, "cu in", "cubic inch", "cubic inches", "cm3"),
    u(&["acre.ft", "acre·ft", "acft", "acre.foot"], Volume, 1_233.481_837_547_52, "acre⋅ft", "acre-foot", "acre-feet", "m3"),
    u(&["L", "l", "litre", "litres", "liter", "liters"], Volume, 0.001, "L", "litre", "", "impgal USgal"),
    u(&["hL", "hl"], Volume, 0.1, "hL", "hectolitre", "", "impgal USgal"),
    u(&["cL", "cl"], Volume, 1e-5, "cL", "centilitre", "", "impoz USoz"),
    u(&["mL", "ml"], Volume, 1e-6, "mL", "millilitre", "", "impoz USoz"),
    u(&["impgal"], Volume, GALLON, "imp gal", "imperial gallon", "", "L USgal"),
    u(&["USgal", "usgal", "U.S.gal"], Volume, US_GALLON, "US gal", "US gallon", "", "L impgal"),
    u(&["impqt"], Volume, GALLON / 4.0, "imp qt", "imperial quart", "", "mL"),
    u(&["USqt"], Volume, US_GALLON / 4.0, "US qt", "US quart", "", "mL"),
    u(&["imppt"], Volume, GALLON / 8.0, "imp pt", "imperial pint", "", "L"),
    u(&["USpt"], Volume, US_GALLON / 8.0, "US pt", "US pint", "", "L"),
    u(&["impoz", "impfloz"], Volume, GALLON / 160.0, "imp fl oz", "imperial fluid ounce", "", "mL"),
    u(&["USoz", "USfloz", "usfloz"], Volume, US_GALLON / 128.0, "US fl oz", "US fluid ounce", "", "mL"),
    u(&["oilbbl", "bbl"], Volume, BARREL, "bbl", "barrel", "", "m3"),
    u(&["impbsh", "impbu"], Volume, GALLON * 8.0, "imp bsh", "imperial bushel", "", "L"),
    u(&["USbsh", "USbu"], Volume, 0.035_239_070_166_88, "US bsh", "US bushel", "", "L"),

    u(&["kg", "kilogram", "kilograms"], Mass, 1.0, "kg", "kilogram", "", "lb"),
    u(&["g", "gram", "grams"], Mass, 0.001, "g", "gram", "", "oz"),
    u(&["mg"], Mass, 1e-6, "mg", "milligram", "", "gr"),
    u(&["ug", "µg", "μg"], Mass, 1e-9, "μg", "microgram", "", "gr"),
    u(&["t", "tonne", "tonnes", "MT"], Mass, 1000.0, "t", "tonne", "", "LT ST"),
    u(&["kt"], Mass, 1e6, "kt", "kilotonne", "", "LT ST"),
    u(&["Mt"], Mass, 1e9, "Mt", "megatonne", "", "LT ST"),
    u(&["lb", "lbs", "pound", "pounds"], Mass, LB, "lb", "pound", "", "kg"),
    u(&["oz"], Mass, LB / 16.0, "oz", "ounce", "", "g"),
    u(&["gr"], Mass, LB / 7000.0, "gr", "grain", "", "g"),
    u(&["ozt"], Mass, 0.031_103_476_8, "ozt", "troy ounce", "", "oz g"),
    u(&["carat", "ct"], Mass, 0.0002, "", "carat", "", "g"),
    u(&["st", "stone"], Mass, LB * 14.0, "st", "stone", "stone", "lb kg"),
    u(&["ST", "shortton"], Mass, LB * 2000.0, "", "short ton", "", "LT t"),
    u(&["LT", "longton"], Mass, LB * 2240.0, "", "long ton", "", "ST t"),
    u(&["long cwt", "cwt"], Mass, LB * 112.0, "cwt", "hundredweight", "hundredweight", "lb kg"),
    u(&["qtr"], Mass, LB * 28.0, "qtr", "quarter", "", "lb kg"),
    u(&["Da", "u", "amu"], Mass, 1.660_539_066_60e-27, "Da", "dalton", "", "kg"),
    u(&["solar mass", "Solar mass"], Mass, 1.98841e30, "M☉", "solar mass", "solar masses", "kg"),

    u(&["s"], Time, 1.0, "s", "second", "", "min"), u(&["min"], Time, 60.0, "min", "minute", "", "s"),
    u(&["h", "hr"], Time, 3600.0, "h", "hour", "", "s"), u(&["d", "day"], Time, 86_400.0, "d", "day", "", "h"),
    u(&["year", "yr"], Time, 31_557_600.0, "yr", "year", "", "d"), u(&["ms"], Time, 0.001, "ms", "millisecond", "", "s"),

    u(&["km/h", "kph", "kmph", "km/hr"], Speed, 1.0 / 3.6, "km/h", "kilometre per hour", "kilometres per hour", "mph"),
    u(&["mph", "mi/h"], Speed, MI / 3600.0, "mph", "mile per hour", "miles per hour", "km/h"),
    u(&["m/s"], Speed, 1.0, "m/s", "metre per second", "metres per second", "ft/s"),
    u(&["km/s"], Speed, 1000.0, "km/s", "kilometre per second", "kilometres per second", "mi/s"),
    u(&["mi/s"], Speed, MI, "mi/s", "mile per second", "miles per second", "km/s"),
    u(&["ft/s", "fps"], Speed, FT, "ft/s", "foot per second", "feet per second", "m/s"),
    u(&["ft/min"], Speed, FT / 60.0, "ft/min", "foot per minute", "feet per minute", "m/min"),
    u(&["m/min"], Speed, 1.0 / 60.0, "m/min", "metre per minute", "metres per minute", "ft/min"),
    u(&["kn", "knot", "knots"], Speed, 1852.0 / 3600.0, "kn", "knot", "", "km/h mph"),
    u(&["c"], Speed, 299_792_458.0, "c", "the speed of light", "times the speed of light", "km/s"),

    u(&["m/s2"], Acceleration, 1.0, "m/s²", "metre per second squared", "metres per second squared", "ft/s2"),
    u(&["ft/s2"], Acceleration, FT, "ft/s²", "foot per second squared", "feet per second squared", "m/s2"),
    u(&["g0"], Acceleration, G, "g₀", "standard gravity", "standard gravities", "m/s2"),

    u(&["C", "°C", "degC"], Temperature, 1.0, "°C", "°C", "°C", "F"),
    u(&["F", "°F", "degF"], Temperature, 5.0 / 9.0, "°F", "°F", "°F", "C"),
    u(&["K"], Temperature, 1.0, "K", "K", "K", "C F"),
    u(&["R", "°R"], Temperature, 5.0 / 9.0, "°R", "°R", "°R", "K C F"),
    u(&["C-change", "°C-change"], Difference, 1.0, "°C", "°C", "°C", "F-change"),
    u(&["F-change", "°F-change"], Difference, 5.0 / 9.0, "°F", "°F", "°F", "C-change"),

    u(&["W"], Power, 1.0, "W", "watt", "", "hp"), u(&["kW"], Power, 1000.0, "kW", "kilowatt", "", "hp"),
    u(&["MW"], Power, 1e6, "MW", "megawatt", "", "hp"), u(&["GW"], Power, 1e9, "GW", "gigawatt", "", "hp"),
    u(&["hp"], Power, HP, "hp", "horsepower", "horsepower", "kW"),
    u(&["bhp"], Power, HP, "bhp", "brake horsepower", "brake horsepower", "kW"),
    u(&["shp"], Power, HP, "shp", "shaft horsepower", "shaft horsepower", "kW"),
    u(&["ihp"], Power, HP, "ihp", "indicated horsepower", "indicated horsepower", "kW"),
    u(&["PS", "metric horsepower", "cv", "CV"], Power, 735.498_75, "PS", "metric horsepower", "metric horsepower", "kW"),

    u(&["J"], Energy, 1.0, "J", "joule", "", "cal"), u(&["kJ"], Energy, 1000.0, "kJ", "kilojoule", "", "kcal"),
    u(&["MJ"], Energy, 1e6, "MJ", "megajoule", "", "kWh"), u(&["GJ"], Energy, 1e9, "GJ", "gigajoule", "", "kWh"),
    u(&["TJ"], Energy, 1e12, "TJ", "terajoule", "", "MWh"),
    u(&["Wh"], Energy, 3600.0, "W⋅h", "watt-hour", "", "kJ"), u(&["kWh"], Energy, 3.6e6, "kWh", "kilowatt-hour", "", "MJ"),
    u(&["MWh"], Energy, 3.6e9, "MWh", "megawatt-hour", "", "GJ"), u(&["GWh"], Energy, 3.6e12, "GWh", "gigawatt-hour", "", "TJ"),
    u(&["TWh"], Energy, 3.6e15, "TWh", "terawatt-hour", "", "PJ"), u(&["PJ"], Energy, 1e15, "PJ", "petajoule", "", "TWh"),
    u(&["cal"], Energy, 4.184, "cal", "calorie", "", "J"), u(&["kcal", "Cal"], Energy, 4184.0, "kcal", "kilocalorie", "", "kJ"),
    u(&["eV"], Energy, 1.602_176_634e-19, "eV", "electronvolt", "", "J"),
    u(&["keV"], Energy, 1.602_176_634e-16, "keV", "kiloelectronvolt", "", "J"), u(&["MeV"], Energy, 1.602_176_634e-13, "MeV", "megaelectronvolt", "", "J"),
    u(&["BTU", "Btu"], Energy, 1_055.055_852_62, "BTU", "British thermal unit", "", "kJ"),
    u(&["ftlbf", "ft.lbf", "ft·lbf"], Energy, FT * LB * G, "ft⋅lbf", "foot-pound", "", "J"),
    u(&["ftlb", "ft.lb", "ft·lb"], Energy, FT * LB * G, "ft⋅lb", "foot-pound", "", "J"),
    u(&["tTNT"], Energy, 4.184e9, "t", "tonne of TNT", "tonnes of TNT", "GJ"), u(&["ktTNT"], Energy, 4.184e12, "kt", "kilotonne of TNT", "kilotonnes of TNT", "TJ"),
    u(&["MtTNT"], Energy, 4.184e15, "Mt", "megatonne of TNT", "megatonnes of TNT", "PJ"),

    u(&["N"], Force, 1.0, "N", "newton", "", "lbf"), u(&["kN"], Force, 1000.0, "kN", "kilonewton", "", "lbf"),
    u(&["MN"], Force, 1e6, "MN", "meganewton", "", "lbf"), u(&["mN"], Force, 0.001, "mN", "millinewton", "", "ozf"),
    u(&["lbf", "lb-f"], Force, LB * G, "lbf", "pound-force", "pounds-force", "N"),
    u(&["ozf"], Force, LB * G / 16.0, "ozf", "ounce-force", "ounces-force", "N"),
    u(&["kgf", "kg-f"], Force, G, "kgf", "kilogram-force", "kilograms-force", "N lbf"),
    u(&["tf", "t-f"], Force, G * 1000.0, "tf", "tonne-force", "tonnes-force", "kN"),
    u(&["STf"], Force, LB * G * 2000.0, "", "short ton-force", "short tons-force", "kN"), u(&["LTf"], Force, LB * G * 2240.0, "", "long ton-force", "long tons-force", "kN"),
    u(&["Nm", "N.m", "N·m"], Torque, 1.0, "N⋅m", "newton-metre", "", "lbft"),
    u(&["lbft", "lb.ft", "lbfft", "lb·ft"], Torque, FT * LB * G, "lb⋅ft", "pound force-foot", "pound force-feet", "Nm"),
    u(&["inlb", "lbin", "in·lb", "in.lb"], Torque, FT * LB * G / 12.0, "lb⋅in", "pound force-inch", "pound force-inches", "Nm"),
    u(&["kgm", "kg.m", "kgf.m", "kg·m"], Torque, G, "kg⋅m", "kilogram metre", "", "Nm lbft"),

    u(&["Pa"], Pressure, 1.0, "Pa", "pascal", "", "psi"), u(&["hPa"], Pressure, 100.0, "hPa", "hectopascal", "", "inHg"),
    u(&["kPa"], Pressure, 1000.0, "kPa", "kilopascal", "", "psi"), u(&["MPa"], Pressure, 1e6, "MPa", "megapascal", "", "psi"),
    u(&["GPa"], Pressure, 1e9, "GPa", "gigapascal", "", "psi"),
    u(&["bar"], Pressure, 1e5, "bar", "bar", "", "kPa"), u(&["mbar", "mb"], Pressure, 100.0, "mbar", "millibar", "", "hPa"),
    u(&["atm"], Pressure, 101_325.0, "atm", "standard atmosphere", "", "kPa"), u(&["at"], Pressure, 98_066.5, "at", "technical atmosphere", "", "kPa"),
    u(&["psi"], Pressure, 6_894.757_293_168_361, "psi", "pound per square inch", "pounds per square inch", "kPa"),
    u(&["inHg"], Pressure, 3_386.389, "inHg", "inch of mercury", "inches of mercury", "kPa"),
    u(&["mmHg"], Pressure, 133.322_387_415, "mmHg", "millimetre of mercury", "millimetres of mercury", "kPa"),
    u(&["Torr", "torr"], Pressure, 133.322_368_421_052_63, "Torr", "torr", "torr", "kPa"),
    u(&["kgf/cm2"], Pressure, 98_066.5, "kgf/cm²", "kilogram-force per square centimetre", "kilograms-force per square centimetre", "psi"),

    u(&["Hz"], Frequency, 1.0, "Hz", "hertz", "hertz", "rpm"), u(&["kHz"], Frequency, 1000.0, "kHz", "kilohertz", "kilohertz", ""),
    u(&["MHz"], Frequency, 1e6, "MHz", "megahertz", "megahertz", ""), u(&["rpm"], Frequency, 1.0 / 60.0, "rpm", "revolution per minute", "revolutions per minute", "Hz"),

    u(&["PD/sqmi", "PD/mi2", "PD/sqmi2"], Density, 1.0 / (MI * MI), "/sq mi", "inhabitant per square mile", "inhabitants per square mile", "PD/km2"),
    u(&["PD/km2", "PD/sqkm"], Density, 1e-6, "/km²", "inhabitant per square kilometre", "inhabitants per square kilometre", "PD/sqmi"),
    u(&["PD/ha"], Density, 1e-4, "/ha", "inhabitant per hectare", "inhabitants per hectare", "PD/acre"),
    u(&["PD/acre"], Density, 1.0 / 4_046.856_422_4, "/acre", "inhabitant per acre", "inhabitants per acre", "PD/ha"),
    u(&["/sqmi", "/mi2"], Density, 1.0 / (MI * MI), "/sq mi", "per square mile", "per square mile", "/km2"),
    u(&["/km2", "/sqkm"], Density, 1e-6, "/km²", "per square kilometre", "per square kilometre", "/sqmi"),
    u(&["/ha"], Density, 1e-4, "/ha", "per hectare", "per hectare", "/acre"),
    u(&["/acre"], Density, 1.0 / 4_046.856_422_4, "/acre", "per acre", "per acre", "/ha"),

    u(&["mpgus", "mpgUS", "mpg-US", "mpgu.s."], Economy, MI / US_GALLON, "mpg‑US", "mile per US gallon", "miles per US gallon", "L/100km mpgimp"),
    u(&["mpgimp"], Economy, MI / GALLON, "mpg‑imp", "mile per imperial gallon", "miles per imperial gallon", "L/100km mpgus"),
    u(&["km/L", "km/l"], Economy, 1e6, "km/L", "kilometre per litre", "kilometres per litre", "mpgimp mpgus"),
    // The only one that is small where the others are large.
    u(&["L/100 km", "L/100km", "l/100 km", "l/100km"], Economy, 1e8, "L/100 km", "litre per 100 kilometres", "litres per 100 kilometres", "mpgimp mpgus"),

    u(&["m3/s", "cumec"], Flow, 1.0, "m³/s", "cubic metre per second", "cubic metres per second", "cuft/s"),
    u(&["cuft/s", "ft3/s", "cufts"], Flow, 0.028_316_846_592, "cu ft/s", "cubic foot per second", "cubic feet per second", "m3/s"),
    u(&["A.h", "Ah"], Charge, 3600.0, "A⋅h", "ampere-hour", "", "coulomb"), u(&["coulomb"], Charge, 1.0, "C", "coulomb", "", "Ah"),
];

/// What may follow a unit as a part of it, and how many of it make one: `5|ft|6|in`.
#[rustfmt::skip]
pub static PARTS: &[(&str, &str, f64)] = &[
    ("mi", "fur", 8.0), ("mi", "ch", 80.0), ("mi", "yd", 1760.0), ("mi", "ft", 5280.0), ("fur", "ch", 10.0), ("ch", "yd", 22.0), ("ch", "li", 100.0),
    ("yd", "ft", 3.0), ("yd", "in", 36.0), ("ft", "in", 12.0), ("LT", "long cwt", 20.0), ("long cwt", "qtr", 4.0), ("qtr", "lb", 28.0), ("LT", "lb", 2240.0),
    ("ST", "lb", 2000.0), ("t", "kg", 1000.0), ("km", "m", 1000.0), ("m", "cm", 100.0), ("cm", "mm", 10.0), ("kg", "g", 1000.0),
    ("st", "lb", 14.0), ("lb", "oz", 16.0), ("h", "min", 60.0), ("min", "s", 60.0), ("USgal", "USqt", 4.0), ("USgal", "USoz", 128.0),
    ("impgal", "impoz", 160.0), ("hand", "in", 4.0),
];

/// Outputs in two units, the smaller one whole: `ftin`.
#[rustfmt::skip]
pub static TOGETHER: &[(&[&str], &str, &str)] = &[
    (&["ftin", "footin", "ft in"], "ft", "in"), (&["ydft"], "yd", "ft"), (&["ydin"], "yd", "in"), (&["miyd"], "mi", "yd"), (&["mift"], "mi", "ft"),
    (&["mich"], "mi", "ch"), (&["stlb"], "st", "lb"), (&["lboz"], "lb", "oz"), (&["LTlb"], "LT", "lb"), (&["LTcwt"], "LT", "long cwt"), (&["STlb"], "ST", "lb"),
];

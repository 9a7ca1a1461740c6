//! Countries by the codes of sport, as the templates of flags take them.

/// The country of a code, such as `GER`.
pub fn of_code(code: &str) -> Option<&'static str> {
    let at = COUNTRIES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(COUNTRIES[at].1)
}

/// By code: those of the Olympic committee and of football, and others that articles use.
#[rustfmt::skip]
static COUNTRIES: &[(&str, &str)] = &[
    ("AFG", "Afghanistan"), ("ALB", "Albania"), ("ALG", "Algeria"), ("AND", "Andorra"),
    ("ANG", "Angola"), ("ANT", "Antigua and Barbuda"), ("ARG", "Argentina"), ("ARM", "Armenia"),
    ("ARU", "Aruba"), ("ASA", "American Samoa"), ("AUS", "Australia"), ("AUT", "Austria"),
    ("AZE", "Azerbaijan"), ("BAH", "Bahamas"), ("BAN", "Bangladesh"), ("BAR", "Barbados"),
    ("BDI", "Burundi"), ("BEL", "Belgium"), ("BEN", "Benin"), ("BER", "Bermuda"),
    ("BHU", "Bhutan"), ("BIH", "Bosnia and Herzegovina"), ("BLR", "Belarus"), ("BOL", "Bolivia"),
    ("BOT", "Botswana"), ("BRA", "Brazil"), ("BRN", "Bahrain"), ("BUL", "Bulgaria"),
    ("BUR", "Burkina Faso"), ("CAM", "Cambodia"), ("CAN", "Canada"), ("CHI", "Chile"),
    ("CHN", "China"), ("CIV", "Ivory Coast"), ("CMR", "Cameroon"), ("COL", "Colombia"),
    ("COM", "Comoros"), ("CPV", "Cape Verde"), ("CRC", "Costa Rica"), ("CRO", "Croatia"),
    ("CUB", "Cuba"), ("CYP", "Cyprus"), ("CZE", "Czech Republic"), ("DEN", "Denmark"),
    ("DEU", "Germany"), ("DJI", "Djibouti"), ("DOM", "Dominican Republic"), ("ECU", "Ecuador"),
    ("EGY", "Egypt"), ("ENG", "England"), ("ERI", "Eritrea"), ("ESA", "El Salvador"),
    ("ESP", "Spain"), ("EST", "Estonia"), ("ETH", "Ethiopia"), ("FIJ", "Fiji"),
    ("FIN", "Finland"), ("FRA", "France"), ("FRG", "West Germany"), ("FRO", "Faroe Islands"),
    ("GAB", "Gabon"), ("GAM", "Gambia"), ("GBR", "United Kingdom"), ("GDR", "East Germany"),
    ("GEO", "Georgia"), ("GEQ", "Equatorial Guinea"), ("GER", "Germany"), ("GHA", "Ghana"),
    ("GRE", "Greece"), ("GUA", "Guatemala"), ("GUI", "Guinea"), ("GUY", "Guyana"),
    ("HAI", "Haiti"), ("HKG", "Hong Kong"), ("HON", "Honduras"), ("HUN", "Hungary"),
    ("INA", "Indonesia"), ("IND", "India"), ("IRI", "Iran"), ("IRL", "Ireland"),
    ("IRN", "Iran"), ("IRQ", "Iraq"), ("ISL", "Iceland"), ("ISR", "Israel"),
    ("ITA", "Italy"), ("JAM", "Jamaica"), ("JOR", "Jordan"), ("JPN", "Japan"),
    ("KAZ", "Kazakhstan"), ("KEN", "Kenya"), ("KGZ", "Kyrgyzstan"), ("KOR", "South Korea"),
    ("KOS", "Kosovo"), ("KSA", "Saudi Arabia"), ("KUW", "Kuwait"), ("LAO", "Laos"),
    ("LAT", "Latvia"), ("LBA", "Libya"), ("LBR", "Liberia"), ("LES", "Lesotho"),
    ("LIE", "Liechtenstein"), ("LTU", "Lithuania"), ("LUX", "Luxembourg"), ("MAC", "Macau"),
    ("MAD", "Madagascar"), ("MAR", "Morocco"), ("MAS", "Malaysia"), ("MAW", "Malawi"),
    ("MDA", "Moldova"), ("MDV", "Maldives"), ("MEX", "Mexico"), ("MGL", "Mongolia"),
    ("MKD", "North Macedonia"), ("MLI", "Mali"), ("MLT", "Malta"), ("MNE", "Montenegro"),
    ("MON", "Monaco"), ("MOZ", "Mozambique"), ("MRI", "Mauritius"), ("MTN", "Mauritania"),
    ("MYA", "Myanmar"), ("NAM", "Namibia"), ("NCA", "Nicaragua"), ("NED", "Netherlands"),
    ("NEP", "Nepal"), ("NGR", "Nigeria"), ("NIG", "Niger"), ("NIR", "Northern Ireland"),
    ("NOR", "Norway"), ("NZL", "New Zealand"), ("OMA", "Oman"), ("PAK", "Pakistan"),
    ("PAN", "Panama"), ("PAR", "Paraguay"), ("PER", "Peru"), ("PHI", "Philippines"),
    ("PLE", "Palestine"), ("PNG", "Papua New Guinea"), ("POL", "Poland"), ("POR", "Portugal"),
    ("PRK", "North Korea"), ("PUR", "Puerto Rico"), ("QAT", "Qatar"), ("ROM", "Romania"),
    ("ROU", "Romania"), ("RSA", "South Africa"), ("RUS", "Russia"), ("RWA", "Rwanda"),
    ("SAM", "Samoa"), ("SCO", "Scotland"), ("SEN", "Senegal"), ("SEY", "Seychelles"),
    ("SGP", "Singapore"), ("SIN", "Singapore"), ("SLE", "Sierra Leone"), ("SLO", "Slovenia"),
    ("SMR", "San Marino"), ("SOL", "Solomon Islands"), ("SOM", "Somalia"), ("SRB", "Serbia"),
    ("SRI", "Sri Lanka"), ("STP", "São Tomé and Príncipe"), ("SUD", "Sudan"), ("SUI", "Switzerland"),
    ("SUR", "Suriname"), ("SVK", "Slovakia"), ("SVN", "Slovenia"), ("SWE", "Sweden"),
    ("SYR", "Syria"), ("TAN", "Tanzania"), ("TCH", "Czechoslovakia"), ("TGA", "Tonga"),
    ("THA", "Thailand"), ("TJK", "Tajikistan"), ("TKM", "Turkmenistan"), ("TOG", "Togo"),
    ("TPE", "Chinese Taipei"), ("TTO", "Trinidad and Tobago"), ("TUN", "Tunisia"), ("TUR", "Turkey"),
    ("UAE", "United Arab Emirates"), ("UGA", "Uganda"), ("UKR", "Ukraine"), ("URS", "Soviet Union"),
    ("URU", "Uruguay"), ("USA", "United States"), ("UZB", "Uzbekistan"), ("VAN", "Vanuatu"),
    ("VEN", "Venezuela"), ("VIE", "Vietnam"), ("VNM", "Vietnam"), ("WAL", "Wales"),
    ("YEM", "Yemen"), ("YUG", "Yugoslavia"), ("ZAM", "Zambia"), ("ZIM", "Zimbabwe"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_in_order() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(of_code("GER"), Some("Germany"));
        assert_eq!(of_code("ger"), None);
    }
}

//! Countries by the codes of sport, as the templates of flags take them.

/// The country of a code, such as `GER`.
pub fn of_code(code: &str) -> Option<&'static str> {
    let at = COUNTRIES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(COUNTRIES[at].1)
}

/// By code: those of the Olympic committee and of football, and others that articles use.
#[rustfmt::skip]
static COUNTRIES: &[(&str, &str)] = &[
    ("AFG", "Afghanistan"), ("AGO", "Angola"), ("ALB", "Albania"), ("ALG", "Algeria"),
    ("AND", "Andorra"), ("ANG", "Angola"), ("ANT", "Antigua and Barbuda"), ("ARE", "United Arab Emirates"),
    ("ARG", "Argentina"), ("ARM", "Armenia"), ("ARU", "Aruba"), ("ASA", "American Samoa"),
    ("ATG", "Antigua and Barbuda"), ("AUS", "Australia"), ("AUT", "Austria"), ("AZE", "Azerbaijan"),
    ("BAH", "Bahamas"), ("BAN", "Bangladesh"), ("BAR", "Barbados"), ("BDI", "Burundi"),
    ("BEL", "Belgium"), ("BEN", "Benin"), ("BER", "Bermuda"), ("BGD", "Bangladesh"),
    ("BGR", "Bulgaria"), ("BHS", "Bahamas"), ("BHU", "Bhutan"), ("BIH", "Bosnia and Herzegovina"),
    ("BLR", "Belarus"), ("BMU", "Bermuda"), ("BOL", "Bolivia"), ("BOT", "Botswana"),
    ("BRA", "Brazil"), ("BRB", "Barbados"), ("BRN", "Bahrain"), ("BTN", "Bhutan"),
    ("BUL", "Bulgaria"), ("BUR", "Burkina Faso"), ("BWA", "Botswana"), ("CAM", "Cambodia"),
    ("CAN", "Canada"), ("CHE", "Switzerland"), ("CHI", "Chile"), ("CHL", "Chile"),
    ("CHN", "China"), ("CIV", "Ivory Coast"), ("CMR", "Cameroon"), ("COD", "Democratic Republic of the Congo"),
    ("COG", "Republic of the Congo"), ("COL", "Colombia"), ("COM", "Comoros"), ("CPV", "Cape Verde"),
    ("CRC", "Costa Rica"), ("CRI", "Costa Rica"), ("CRO", "Croatia"), ("CUB", "Cuba"),
    ("CYP", "Cyprus"), ("CZE", "Czech Republic"), ("DEN", "Denmark"), ("DEU", "Germany"),
    ("DJI", "Djibouti"), ("DNK", "Denmark"), ("DOM", "Dominican Republic"), ("DZA", "Algeria"),
    ("ECU", "Ecuador"), ("EGY", "Egypt"), ("ENG", "England"), ("ERI", "Eritrea"),
    ("ESA", "El Salvador"), ("ESP", "Spain"), ("EST", "Estonia"), ("ETH", "Ethiopia"),
    ("FIJ", "Fiji"), ("FIN", "Finland"), ("FJI", "Fiji"), ("FRA", "France"),
    ("FRG", "West Germany"), ("FRO", "Faroe Islands"), ("GAB", "Gabon"), ("GAM", "Gambia"),
    ("GBR", "United Kingdom"), ("GDR", "East Germany"), ("GEO", "Georgia"), ("GEQ", "Equatorial Guinea"),
    ("GER", "Germany"), ("GHA", "Ghana"), ("GIN", "Guinea"), ("GMB", "Gambia"),
    ("GRC", "Greece"), ("GRE", "Greece"), ("GTM", "Guatemala"), ("GUA", "Guatemala"),
    ("GUI", "Guinea"), ("GUY", "Guyana"), ("HAI", "Haiti"), ("HKG", "Hong Kong"),
    ("HND", "Honduras"), ("HON", "Honduras"), ("HRV", "Croatia"), ("HTI", "Haiti"),
    ("HUN", "Hungary"), ("IDN", "Indonesia"), ("INA", "Indonesia"), ("IND", "India"),
    ("IRI", "Iran"), ("IRL", "Ireland"), ("IRN", "Iran"), ("IRQ", "Iraq"),
    ("ISL", "Iceland"), ("ISR", "Israel"), ("ITA", "Italy"), ("JAM", "Jamaica"),
    ("JOR", "Jordan"), ("JPN", "Japan"), ("KAZ", "Kazakhstan"), ("KEN", "Kenya"),
    ("KGZ", "Kyrgyzstan"), ("KHM", "Cambodia"), ("KOR", "South Korea"), ("KOS", "Kosovo"),
    ("KSA", "Saudi Arabia"), ("KUW", "Kuwait"), ("KWT", "Kuwait"), ("LAO", "Laos"),
    ("LAT", "Latvia"), ("LBA", "Libya"), ("LBN", "Lebanon"), ("LBR", "Liberia"),
    ("LBY", "Libya"), ("LES", "Lesotho"), ("LIE", "Liechtenstein"), ("LKA", "Sri Lanka"),
    ("LSO", "Lesotho"), ("LTU", "Lithuania"), ("LUX", "Luxembourg"), ("LVA", "Latvia"),
    ("MAC", "Macau"), ("MAD", "Madagascar"), ("MAR", "Morocco"), ("MAS", "Malaysia"),
    ("MAW", "Malawi"), ("MCO", "Monaco"), ("MDA", "Moldova"), ("MDG", "Madagascar"),
    ("MDV", "Maldives"), ("MEX", "Mexico"), ("MGL", "Mongolia"), ("MKD", "North Macedonia"),
    ("MLI", "Mali"), ("MLT", "Malta"), ("MMR", "Myanmar"), ("MNE", "Montenegro"),
    ("MNG", "Mongolia"), ("MON", "Monaco"), ("MOZ", "Mozambique"), ("MRI", "Mauritius"),
    ("MRT", "Mauritania"), ("MTN", "Mauritania"), ("MUS", "Mauritius"), ("MWI", "Malawi"),
    ("MYA", "Myanmar"), ("MYS", "Malaysia"), ("NAM", "Namibia"), ("NCA", "Nicaragua"),
    ("NED", "Netherlands"), ("NEP", "Nepal"), ("NER", "Niger"), ("NGA", "Nigeria"),
    ("NGR", "Nigeria"), ("NIC", "Nicaragua"), ("NIG", "Niger"), ("NIR", "Northern Ireland"),
    ("NLD", "Netherlands"), ("NOR", "Norway"), ("NPL", "Nepal"), ("NZL", "New Zealand"),
    ("OMA", "Oman"), ("OMN", "Oman"), ("PAK", "Pakistan"), ("PAN", "Panama"),
    ("PAR", "Paraguay"), ("PER", "Peru"), ("PHI", "Philippines"), ("PHL", "Philippines"),
    ("PLE", "Palestine"), ("PNG", "Papua New Guinea"), ("POL", "Poland"), ("POR", "Portugal"),
    ("PRK", "North Korea"), ("PRT", "Portugal"), ("PRY", "Paraguay"), ("PSE", "Palestine"),
    ("PUR", "Puerto Rico"), ("QAT", "Qatar"), ("ROM", "Romania"), ("ROU", "Romania"),
    ("RSA", "South Africa"), ("RUS", "Russia"), ("RWA", "Rwanda"), ("SAM", "Samoa"),
    ("SAU", "Saudi Arabia"), ("SCO", "Scotland"), ("SDN", "Sudan"), ("SEN", "Senegal"),
    ("SEY", "Seychelles"), ("SGP", "Singapore"), ("SIN", "Singapore"), ("SLB", "Solomon Islands"),
    ("SLE", "Sierra Leone"), ("SLO", "Slovenia"), ("SLV", "El Salvador"), ("SMR", "San Marino"),
    ("SOL", "Solomon Islands"), ("SOM", "Somalia"), ("SRB", "Serbia"), ("SRI", "Sri Lanka"),
    ("STP", "São Tomé and Príncipe"), ("SUD", "Sudan"), ("SUI", "Switzerland"), ("SUR", "Suriname"),
    ("SVK", "Slovakia"), ("SVN", "Slovenia"), ("SWE", "Sweden"), ("SYR", "Syria"),
    ("TAN", "Tanzania"), ("TCD", "Chad"), ("TCH", "Czechoslovakia"), ("TGA", "Tonga"),
    ("TGO", "Togo"), ("THA", "Thailand"), ("TJK", "Tajikistan"), ("TKM", "Turkmenistan"),
    ("TOG", "Togo"), ("TON", "Tonga"), ("TPE", "Chinese Taipei"), ("TTO", "Trinidad and Tobago"),
    ("TUN", "Tunisia"), ("TUR", "Turkey"), ("TWN", "Taiwan"), ("TZA", "Tanzania"),
    ("UAE", "United Arab Emirates"), ("UGA", "Uganda"), ("UKR", "Ukraine"), ("URS", "Soviet Union"),
    ("URU", "Uruguay"), ("URY", "Uruguay"), ("USA", "United States"), ("UZB", "Uzbekistan"),
    ("VAN", "Vanuatu"), ("VEN", "Venezuela"), ("VIE", "Vietnam"), ("VNM", "Vietnam"),
    ("VUT", "Vanuatu"), ("WAL", "Wales"), ("WSM", "Samoa"), ("YEM", "Yemen"),
    ("YUG", "Yugoslavia"), ("ZAF", "South Africa"), ("ZAM", "Zambia"), ("ZIM", "Zimbabwe"),
    ("ZMB", "Zambia"), ("ZWE", "Zimbabwe"),
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

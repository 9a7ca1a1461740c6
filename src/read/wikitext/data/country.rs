//! Countries by the codes of sport, as the templates of flags take them.

/// The country of a code, such as `GER`.
pub fn of_code(code: &str) -> Option<&'static str> {
    let at = COUNTRIES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(COUNTRIES[at].1)
}

/// By code: those of the Olympic committee and of football, and others that articles use.
#[rustfmt::skip]
static COUNTRIES: &[(&str, &str)] = &[
    ("ABW", "Aruba"), ("AFG", "Afghanistan"), ("AGO", "Angola"), ("AHO", "Netherlands Antilles"),
    ("AIA", "Anguilla"), ("ALB", "Albania"), ("ALG", "Algeria"), ("AND", "Andorra"),
    ("ANG", "Angola"), ("ANT", "Antigua and Barbuda"), ("ARE", "United Arab Emirates"), ("ARG", "Argentina"),
    ("ARM", "Armenia"), ("ARU", "Aruba"), ("ASA", "American Samoa"), ("ASM", "American Samoa"),
    ("ATG", "Antigua and Barbuda"), ("AUS", "Australia"), ("AUT", "Austria"), ("AZE", "Azerbaijan"),
    ("BAH", "Bahamas"), ("BAN", "Bangladesh"), ("BAR", "Barbados"), ("BDI", "Burundi"),
    ("BEL", "Belgium"), ("BEN", "Benin"), ("BER", "Bermuda"), ("BFA", "Burkina Faso"),
    ("BGD", "Bangladesh"), ("BGR", "Bulgaria"), ("BHR", "Bahrain"), ("BHS", "Bahamas"),
    ("BHU", "Bhutan"), ("BIH", "Bosnia and Herzegovina"), ("BIZ", "Belize"), ("BLR", "Belarus"),
    ("BLZ", "Belize"), ("BMU", "Bermuda"), ("BOH", "Bohemia"), ("BOL", "Bolivia"),
    ("BOT", "Botswana"), ("BRA", "Brazil"), ("BRB", "Barbados"), ("BRN", "Bahrain"),
    ("BRU", "Brunei"), ("BTN", "Bhutan"), ("BUL", "Bulgaria"), ("BUR", "Burkina Faso"),
    ("BWA", "Botswana"), ("CAF", "Central African Republic"), ("CAM", "Cambodia"), ("CAN", "Canada"),
    ("CAY", "Cayman Islands"), ("CGO", "Republic of the Congo"), ("CHA", "Chad"), ("CHE", "Switzerland"),
    ("CHI", "Chile"), ("CHL", "Chile"), ("CHN", "China"), ("CIV", "Ivory Coast"),
    ("CMR", "Cameroon"), ("COD", "Democratic Republic of the Congo"), ("COG", "Republic of the Congo"), ("COK", "Cook Islands"),
    ("COL", "Colombia"), ("COM", "Comoros"), ("CPV", "Cape Verde"), ("CRC", "Costa Rica"),
    ("CRI", "Costa Rica"), ("CRO", "Croatia"), ("CUB", "Cuba"), ("CUW", "Curaçao"),
    ("CYP", "Cyprus"), ("CZE", "Czech Republic"), ("DEN", "Denmark"), ("DEU", "Germany"),
    ("DJI", "Djibouti"), ("DMA", "Dominica"), ("DNK", "Denmark"), ("DOM", "Dominican Republic"),
    ("DZA", "Algeria"), ("ECU", "Ecuador"), ("EGY", "Egypt"), ("ENG", "England"),
    ("ERI", "Eritrea"), ("ESA", "El Salvador"), ("ESP", "Spain"), ("EST", "Estonia"),
    ("ETH", "Ethiopia"), ("EUN", "Unified Team"), ("FIJ", "Fiji"), ("FIN", "Finland"),
    ("FJI", "Fiji"), ("FRA", "France"), ("FRG", "West Germany"), ("FRO", "Faroe Islands"),
    ("FSM", "Federated States of Micronesia"), ("GAB", "Gabon"), ("GAM", "Gambia"), ("GBR", "United Kingdom"),
    ("GBS", "Guinea-Bissau"), ("GDR", "East Germany"), ("GEO", "Georgia"), ("GEQ", "Equatorial Guinea"),
    ("GER", "Germany"), ("GHA", "Ghana"), ("GIB", "Gibraltar"), ("GIN", "Guinea"),
    ("GMB", "Gambia"), ("GNB", "Guinea-Bissau"), ("GNQ", "Equatorial Guinea"), ("GRC", "Greece"),
    ("GRD", "Grenada"), ("GRE", "Greece"), ("GRL", "Greenland"), ("GRN", "Grenada"),
    ("GTM", "Guatemala"), ("GUA", "Guatemala"), ("GUI", "Guinea"), ("GUM", "Guam"),
    ("GUY", "Guyana"), ("HAI", "Haiti"), ("HKG", "Hong Kong"), ("HND", "Honduras"),
    ("HON", "Honduras"), ("HRV", "Croatia"), ("HTI", "Haiti"), ("HUN", "Hungary"),
    ("IDN", "Indonesia"), ("INA", "Indonesia"), ("IND", "India"), ("IRI", "Iran"),
    ("IRL", "Ireland"), ("IRN", "Iran"), ("IRQ", "Iraq"), ("ISL", "Iceland"),
    ("ISR", "Israel"), ("ISV", "Virgin Islands"), ("ITA", "Italy"), ("IVB", "British Virgin Islands"),
    ("JAM", "Jamaica"), ("JOR", "Jordan"), ("JPN", "Japan"), ("KAZ", "Kazakhstan"),
    ("KEN", "Kenya"), ("KGZ", "Kyrgyzstan"), ("KHM", "Cambodia"), ("KIR", "Kiribati"),
    ("KNA", "Saint Kitts and Nevis"), ("KOR", "South Korea"), ("KOS", "Kosovo"), ("KSA", "Saudi Arabia"),
    ("KUW", "Kuwait"), ("KWT", "Kuwait"), ("LAO", "Laos"), ("LAT", "Latvia"),
    ("LBA", "Libya"), ("LBN", "Lebanon"), ("LBR", "Liberia"), ("LBY", "Libya"),
    ("LCA", "Saint Lucia"), ("LES", "Lesotho"), ("LIB", "Lebanon"), ("LIE", "Liechtenstein"),
    ("LKA", "Sri Lanka"), ("LSO", "Lesotho"), ("LTU", "Lithuania"), ("LUX", "Luxembourg"),
    ("LVA", "Latvia"), ("MAC", "Macau"), ("MAD", "Madagascar"), ("MAR", "Morocco"),
    ("MAS", "Malaysia"), ("MAW", "Malawi"), ("MCO", "Monaco"), ("MDA", "Moldova"),
    ("MDG", "Madagascar"), ("MDV", "Maldives"), ("MEX", "Mexico"), ("MGL", "Mongolia"),
    ("MHL", "Marshall Islands"), ("MKD", "North Macedonia"), ("MLI", "Mali"), ("MLT", "Malta"),
    ("MMR", "Myanmar"), ("MNE", "Montenegro"), ("MNG", "Mongolia"), ("MON", "Monaco"),
    ("MOZ", "Mozambique"), ("MRI", "Mauritius"), ("MRT", "Mauritania"), ("MSR", "Montserrat"),
    ("MTN", "Mauritania"), ("MUS", "Mauritius"), ("MWI", "Malawi"), ("MYA", "Myanmar"),
    ("MYS", "Malaysia"), ("NAM", "Namibia"), ("NCA", "Nicaragua"), ("NCL", "New Caledonia"),
    ("NED", "Netherlands"), ("NEP", "Nepal"), ("NER", "Niger"), ("NGA", "Nigeria"),
    ("NGR", "Nigeria"), ("NIC", "Nicaragua"), ("NIG", "Niger"), ("NIR", "Northern Ireland"),
    ("NLD", "Netherlands"), ("NOR", "Norway"), ("NPL", "Nepal"), ("NRU", "Nauru"),
    ("NZL", "New Zealand"), ("OAR", "Olympic Athletes from Russia"), ("OMA", "Oman"), ("OMN", "Oman"),
    ("PAK", "Pakistan"), ("PAN", "Panama"), ("PAR", "Paraguay"), ("PER", "Peru"),
    ("PHI", "Philippines"), ("PHL", "Philippines"), ("PLE", "Palestine"), ("PLW", "Palau"),
    ("PNG", "Papua New Guinea"), ("POL", "Poland"), ("POR", "Portugal"), ("PRC", "China"),
    ("PRI", "Puerto Rico"), ("PRK", "North Korea"), ("PRT", "Portugal"), ("PRY", "Paraguay"),
    ("PSE", "Palestine"), ("PUR", "Puerto Rico"), ("PYF", "French Polynesia"), ("QAT", "Qatar"),
    ("RHO", "Rhodesia"), ("ROM", "Romania"), ("ROU", "Romania"), ("RSA", "South Africa"),
    ("RUS", "Russia"), ("RWA", "Rwanda"), ("SAM", "Samoa"), ("SAU", "Saudi Arabia"),
    ("SCG", "Serbia and Montenegro"), ("SCO", "Scotland"), ("SDN", "Sudan"), ("SEN", "Senegal"),
    ("SEY", "Seychelles"), ("SGP", "Singapore"), ("SIN", "Singapore"), ("SKN", "Saint Kitts and Nevis"),
    ("SLB", "Solomon Islands"), ("SLE", "Sierra Leone"), ("SLO", "Slovenia"), ("SLV", "El Salvador"),
    ("SMR", "San Marino"), ("SOL", "Solomon Islands"), ("SOM", "Somalia"), ("SPA", "Spain"),
    ("SRB", "Serbia"), ("SRI", "Sri Lanka"), ("SSD", "South Sudan"), ("STP", "São Tomé and Príncipe"),
    ("SUD", "Sudan"), ("SUI", "Switzerland"), ("SUR", "Suriname"), ("SVK", "Slovakia"),
    ("SVN", "Slovenia"), ("SWE", "Sweden"), ("SWZ", "Eswatini"), ("SYC", "Seychelles"),
    ("SYR", "Syria"), ("TAH", "Tahiti"), ("TAN", "Tanzania"), ("TCA", "Turks and Caicos Islands"),
    ("TCD", "Chad"), ("TCH", "Czechoslovakia"), ("TGA", "Tonga"), ("TGO", "Togo"),
    ("THA", "Thailand"), ("TJK", "Tajikistan"), ("TKM", "Turkmenistan"), ("TLS", "Timor-Leste"),
    ("TOG", "Togo"), ("TON", "Tonga"), ("TPE", "Chinese Taipei"), ("TRI", "Trinidad and Tobago"),
    ("TTO", "Trinidad and Tobago"), ("TUN", "Tunisia"), ("TUR", "Turkey"), ("TUV", "Tuvalu"),
    ("TWN", "Taiwan"), ("TZA", "Tanzania"), ("UAE", "United Arab Emirates"), ("UGA", "Uganda"),
    ("UKR", "Ukraine"), ("URS", "Soviet Union"), ("URU", "Uruguay"), ("URY", "Uruguay"),
    ("USA", "United States"), ("UZB", "Uzbekistan"), ("VAN", "Vanuatu"), ("VCT", "Saint Vincent and the Grenadines"),
    ("VEN", "Venezuela"), ("VIE", "Vietnam"), ("VIN", "Saint Vincent and the Grenadines"), ("VNM", "Vietnam"),
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

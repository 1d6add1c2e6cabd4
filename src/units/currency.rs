//! Currencies: the codes of ISO 4217 that are in use, with their number of decimals.
//!
//! Not here: codes of funds, metals and tests (`XAU`, `XXX`), in which nobody is paid; and the names of currencies.

use std::fmt;

/// The code of a currency in use, such as `EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code in capital letters; nothing comes of a code that is not in use.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        codes().any(|known| known == code).then_some(Self(letters))
    }

    /// Gives the code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII codes are read")
    }

    /// Gives the number of decimals of an amount: 2 for `EUR`, 0 for `JPY`.
    pub fn minor_digits(self) -> u8 {
        let among = |list: &str| list.split(' ').any(|code| code.as_bytes() == self.0);
        match () {
            () if among(WITHOUT_DECIMALS) => 0,
            () if among(THREE_DECIMALS) => 3,
            () => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Lists all codes in use.
pub fn codes() -> impl Iterator<Item = &'static str> {
    [TWO_DECIMALS, WITHOUT_DECIMALS, THREE_DECIMALS].into_iter().flat_map(|list| list.split(' '))
}

/// Gives the code that took the place of a withdrawn one.
pub fn successor(withdrawn: &str) -> Option<&'static str> {
    let pairs = [
        ("BGN", "EUR"),
        ("HRK", "EUR"),
        ("DEM", "EUR"),
        ("ANG", "XCG"),
        ("ZWL", "ZWG"),
        ("SLL", "SLE"),
        ("CUC", "CUP"),
        ("RMB", "CNY"),
    ];
    pairs.iter().find(|(old, _)| *old == withdrawn).map(|(_, new)| *new)
}

// ISO 4217:2015, list one, with its amendments up to 179 (the Bulgarian lev withdrawn on 2026-01-01).
const TWO_DECIMALS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY \
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES \
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB \
PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD \
TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const WITHOUT_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_code_is_read_in_capital_letters_alone() {
        assert_eq!(Currency::parse("EUR").unwrap().code(), "EUR");
        for code in ["eur", "EU", "EURO", "XXX", "", "€", "E R", "EUR "] {
            assert_eq!(Currency::parse(code), None, "{code}");
        }
    }

    #[test]
    fn decimals_are_those_of_the_standard() {
        for (code, digits) in [("EUR", 2), ("CNY", 2), ("USD", 2), ("JPY", 0), ("XAF", 0), ("KWD", 3), ("ISK", 0)] {
            assert_eq!(Currency::parse(code).unwrap().minor_digits(), digits);
        }
    }

    #[test]
    fn every_code_is_listed_once() {
        let all: Vec<&str> = codes().collect();
        assert!(all.iter().all(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())), "{all:?}");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn a_withdrawn_code_has_a_successor_in_use() {
        assert_eq!(successor("BGN"), Some("EUR"));
        assert_eq!(successor("EUR"), None);
        assert!(Currency::parse(successor("ANG").unwrap()).is_some());
    }
}

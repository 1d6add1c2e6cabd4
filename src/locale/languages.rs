//! Languages by their BCP 47 tags: what they call themselves, which way they run, and whose words may stand in.
//!
//! Not here: which languages a handbook has (`config`), and whether a tag is well formed.

/// Gives the name of a language in the language itself, for a switch: `Deutsch`; the tag where it is not known.
pub fn native_name(tag: &str) -> &str {
    let lower = tag.to_ascii_lowercase();
    let name = |wanted: &str| NAMES.iter().find(|(known, _)| *known == wanted).map(|(_, name)| *name);
    candidates(&lower).find_map(name).unwrap_or(tag)
}

/// Gives the direction of writing of a language: `ltr` or `rtl`. A script in the tag (`az-Arab`) decides before the
/// language.
pub fn direction(tag: &str) -> &'static str {
    let lower = tag.to_ascii_lowercase();
    let is_script = |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_lowercase());
    let (known, wanted) = match lower.split(['-', '_']).skip(1).find(is_script) {
        Some(script) => (RTL_SCRIPTS, script.to_owned()),
        None => (RTL_LANGUAGES, language(&lower)),
    };
    if known.contains(&wanted.as_str()) { "rtl" } else { "ltr" }
}

/// Lists a tag and what it narrows, the narrowest first: `de-AT-1996`, `de-AT`, `de` (the look-up of RFC 4647, 3.4).
pub fn candidates(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors((!tag.is_empty()).then_some(tag), |tag| tag.rsplit_once(['-', '_']).map(|(wider, _)| wider))
}

/// Gives the language of a tag in lower case: `pt` of `pt-BR`.
pub fn language(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}

const RTL_SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];

const RTL_LANGUAGES: &[&str] =
    &["ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("de-at", "Deutsch (Österreich)"),
    ("de-ch", "Deutsch (Schweiz)"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("en-gb", "English (UK)"),
    ("en-us", "English (US)"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("fr-ca", "Français (Canada)"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("ms", "Bahasa Melayu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-br", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sr-latn", "Srpski"),
    ("sv", "Svenska"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("yue", "粵語"),
    ("zh", "中文"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("zh-hk", "繁體中文"),
    ("zh-tw", "繁體中文"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_called_what_it_calls_itself() {
        for (tag, name) in [("en", "English"), ("de", "Deutsch"), ("zh", "中文"), ("pt-BR", "Português (Brasil)")] {
            assert_eq!(native_name(tag), name);
        }
    }

    #[test]
    fn a_narrower_tag_has_the_name_of_the_wider() {
        assert_eq!(native_name("zh-Hans-CN"), "简体中文");
        assert_eq!(native_name("fr-BE"), "Français");
    }

    #[test]
    fn an_unknown_language_is_called_by_its_tag() {
        for tag in ["tlh", "x-Our-Own", "", "-", "世"] {
            assert_eq!(native_name(tag), tag);
        }
    }

    #[test]
    fn a_script_decides_the_direction_before_the_language() {
        for (tag, way) in [("he", "rtl"), ("ar-EG", "rtl"), ("FA", "rtl"), ("az", "ltr"), ("az-Arab", "rtl")] {
            assert_eq!(direction(tag), way, "{tag}");
        }
        for (tag, way) in [("ur-Latn-PK", "ltr"), ("zh-Hant", "ltr"), ("de-1996", "ltr"), ("", "ltr"), ("-", "ltr")] {
            assert_eq!(direction(tag), way, "{tag}");
        }
    }

    #[test]
    fn the_narrowest_tag_comes_first() {
        assert_eq!(candidates("de-AT-1996").collect::<Vec<_>>(), ["de-AT-1996", "de-AT", "de"]);
        assert_eq!(candidates("zh").collect::<Vec<_>>(), ["zh"]);
        assert_eq!(candidates("").count(), 0);
    }

    #[test]
    fn the_language_is_the_first_part_of_a_tag() {
        for (tag, known) in [("pt-BR", "pt"), ("ZH_hans", "zh"), ("xx-YY", "xx"), ("", "")] {
            assert_eq!(language(tag), known, "{tag}");
        }
    }

    #[test]
    fn names_are_in_the_order_of_their_tags_and_in_lower_case() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMES.iter().all(|(tag, name)| *tag == tag.to_ascii_lowercase() && !name.is_empty()));
    }
}

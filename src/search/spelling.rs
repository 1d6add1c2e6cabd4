//! The words of things by their endings, for what is mistyped near its beginning.
//!
//! A word that is mistyped behind its first half stands in the file that was loaded for it; one that is mistyped before
//! is found by its second half: here the words are sorted from their last letter to their first.

use serde_json::json;

use super::fold::is_han;
use super::postings::{Index, Key};
use super::records::Files;
use super::shards::shortest_between;

/// How many bytes of words a file has at most.
const MOST_BYTES: usize = 2_500;
/// The letters of the shortest word that is worth correcting.
const LEAST: usize = 4;

/// Writes the words, and gives the turned words at which each file but the first begins.
pub fn pack(index: &Index, files: &mut Files) -> Vec<String> {
    let is_word = |word: &&String| {
        word.chars().count() >= LEAST && !word.contains(is_han) && word.chars().any(char::is_alphabetic)
    };
    let mut turned: Vec<Key> =
        index.keys().map(|Key(word)| word).filter(is_word).map(|word| Key(word.chars().rev().collect())).collect();
    turned.sort();
    let mut heads: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let (mut size, mut last) = (0, String::new());
    for Key(word) in turned {
        if size + word.len() > MOST_BYTES {
            files.add(format!("v{}", heads.len()), &json!({"v": words.join(" ")}));
            heads.push(shortest_between(&last, &word));
            (size, words) = (0, Vec::new());
        }
        size += word.len() + 1;
        words.push(word.chars().rev().collect());
        last = word;
    }
    files.add(format!("v{}", heads.len()), &json!({"v": words.join(" ")}));
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(words: &[String]) -> (Vec<String>, Vec<String>) {
        let index: Index = words.iter().map(|word| (Key(word.clone()), Vec::new())).collect();
        let mut files = Files::default();
        let heads = pack(&index, &mut files);
        (heads, files.finish("x").into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect())
    }

    #[test]
    fn words_with_the_same_ending_stand_together() {
        let (heads, files) =
            packed(&["refund", "complaint", "found", "paint", "退款", "fee", "1234"].map(str::to_owned));
        assert!(files[0].contains("{\"v\":\"refund found complaint paint\"}"), "{files:?}");
        assert!(heads.is_empty());
    }

    #[test]
    fn many_words_are_split_by_their_endings() {
        let words: Vec<String> = (0..2_000_u32)
            .map(|n| format!("{}word", "abcdefghij".repeat(1 + n as usize % 2) + &n.to_string()))
            .collect();
        let (heads, files) = packed(&words);
        assert_eq!(files.len(), heads.len() + 1);
        assert!(files.len() > 5 && files.iter().all(|file| file.len() < MOST_BYTES + 100));
    }
}

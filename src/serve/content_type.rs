//! What kind of content a file is, by the ending of its name.

/// Tells the media type of a file (RFC 9110, 8.3). An unknown ending is a stream of bytes.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ending_decides_whatever_its_case() {
        assert_eq!(content_type("de/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("a/Photo.JPG"), "image/jpeg");
        assert_eq!(content_type("search.min.js"), "text/javascript; charset=utf-8");
    }

    #[test]
    fn name_without_a_known_ending_is_bytes() {
        for path in ["html", "a.html/b", "a.", "", "x.exe", "文.件"] {
            assert_eq!(content_type(path), "application/octet-stream", "{path}");
        }
    }
}

//! Injects the preview's script, style and panel into a page, and allows them in the page's Content Security Policy.

/// The preview's own files.
pub(super) const SCRIPT: &str = "/_preview/preview.js";
pub(super) const FIGURES_SCRIPT: &str = "/_preview/figures.js";
pub(super) const STYLE: &str = "/_preview/preview.css";
/// The icon that browsers request by themselves.
pub(super) const ICON: &str = "/favicon.ico";

/// The directives of the policy that must allow the page's own origin.
const DIRECTIVES: [&str; 3] = ["script-src", "style-src", "connect-src"];
const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// The page with the preview's script, style and panel.
pub(super) fn inject(page: &[u8], panel: &str) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let page = allow_preview(&page).unwrap_or_else(|| page.clone().into_owned());
    let assets = format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\">\n<script src=\"{SCRIPT}\" defer></script>\n<script src=\"{FIGURES_SCRIPT}\" defer></script>\n"
    );
    // The preview's script sees the page as it was written, before a script of the page changes anything.
    let end = page.find("</head>").unwrap_or(0);
    let (head, rest) = page.split_at(page[..end].find("<script src=").unwrap_or(end));
    let (body, end) = rest.split_at(rest.rfind("</body>").unwrap_or(rest.len()));
    [head, &assets, body, panel, end].concat().into_bytes()
}

/// The page with the preview allowed in its policy; none if it has no policy.
fn allow_preview(page: &str) -> Option<String> {
    let start = page.find(POLICY)? + POLICY.len();
    let end = start + page[start..].find('"')?;
    let policy = page[start..end].replace("&#39;", "'");
    let mut policy: Vec<String> = policy.split(';').map(|part| part.trim().to_owned()).collect();
    policy.retain(|part| !part.is_empty());
    for name in DIRECTIVES {
        let own = format!("{name} 'self'");
        match policy.iter_mut().find(|part| part.split(' ').next() == Some(name)) {
            Some(part) if part.contains("'self'") => {}
            Some(part) if part.contains("'none'") => *part = own,
            Some(part) => part.push_str(" 'self'"),
            None => policy.push(own),
        }
    }
    Some([&page[..start], &policy.join("; "), &page[end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inject_text(page: &str) -> String {
        String::from_utf8(inject(page.as_bytes(), "PANEL")).unwrap()
    }

    #[test]
    fn a_page_keeps_its_bytes_round_what_is_put_in() {
        let assets = "<link rel=\"stylesheet\" href=\"/_preview/preview.css\">\n<script src=\"/_preview/preview.js\" defer></script>\n\
                      <script src=\"/_preview/figures.js\" defer></script>\n";
        assert_eq!(
            inject_text("<head>a</head><body>b</body>\n"),
            format!("<head>a{assets}</head><body>bPANEL</body>\n")
        );
        assert_eq!(
            inject_text("<head>a<script src=\"b\"></script></head><body></body>"),
            format!("<head>a{assets}<script src=\"b\"></script></head><body>PANEL</body>")
        );
        assert_eq!(inject_text("no page"), format!("{assets}no pagePANEL"));
    }

    #[test]
    fn a_policy_allows_what_the_preview_needs_and_no_more() {
        let meta = |policy: &str| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        let given = meta("default-src &#39;none&#39;; style-src 'self' 'sha256-x'; connect-src 'none'; img-src data:");
        let expected = meta(
            "default-src 'none'; style-src 'self' 'sha256-x'; connect-src 'self'; img-src data:; script-src 'self'",
        );
        assert_eq!(allow_preview(&given), Some(expected));
        assert_eq!(allow_preview("<meta name=\"a\">"), None);
    }
}

//! Tests the panel of a figure: which figures it explains, from which state of the files, and what it refuses.

use std::{collections::BTreeSet, fs, path::Path};

use super::{
    INCOME, PAGE, bilingual,
    client::{Served, attribute, kessan, project, wait_until},
    files,
};

/// The path of a figure's panel, for a page.
fn panel(page: &str, figure: &str) -> String {
    let encoded: String =
        figure.bytes().map(|byte| if byte == b'/' { "/".into() } else { format!("%{byte:02x}") }).collect();
    format!("/_preview/figure/{}/{}/{encoded}", attribute(page, "data-of"), attribute(page, "data-edition"))
}

/// Every figure of a page as the script asks for it: the names in text, and the cells of tables.
fn figures(page: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.split('"').next().unwrap().replace("&#39;", "'").replace("&amp;", "&");
    let mut figures: BTreeSet<String> = page.split(" data-figure=\"").skip(1).map(name).collect();
    for table in page.split("<table id=\"").skip(1) {
        let (id, rest) = table.split_once('"').unwrap();
        for row in rest.split("</table>").next().unwrap().split("<tr id=\"").skip(1) {
            let row_id = row.split('"').next().unwrap().strip_prefix(&format!("{id}.")).unwrap();
            let cells = row.split("</tr>").next().unwrap().split("<td").skip(1).enumerate();
            let numbers = cells.filter(|(_, cell)| cell.contains("\"><data value="));
            figures.extend(numbers.map(|(column, _)| format!("{id}/{row_id}/{}", column + 1)));
        }
    }
    figures
}

#[test]
fn every_figure_is_explained_and_is_marked_if_nothing_guards_it() {
    let served = Served::start(project("explained", &["acme"]));
    let mut explained = 0;
    for path in ["/acme/index.html", "/acme/outlook.html", PAGE] {
        let page = served.page(path);
        let list = format!("/_preview/unguarded/acme/{}", attribute(&page, "data-edition"));
        let list = served.get(&list);
        assert!(list.status == 200 && list.says("Content-Type: application/json"), "{}", list.head);
        let unguarded = list.text();
        for figure in figures(&page) {
            let answer = served.get(&panel(&page, &figure));
            assert_eq!(answer.status, 200, "{figure}: {}", answer.text());
            let text = answer.text();
            let has_name = figure.contains('/') || text.contains(&format!("<code>{figure}</code></h2>"));
            assert!(has_name, "{figure}: {text}");
            assert!(text.contains("<a class=\"kessan-shown\" href=\"/acme/"), "{figure}: {text}");
            let is_listed = unguarded.contains(&format!("\"{figure}\""));
            assert_eq!(is_listed, text.contains(">Nothing.</b>"), "{figure}: {text}");
            explained += 1;
        }
    }
    assert!(explained > 50, "{explained}");
}

#[test]
fn the_built_site_knows_nothing_of_panels() {
    let root = project("no-panels", &["acme"]);
    assert!(kessan(&root, &["build", "--output", "built"]).output().unwrap().status.success());
    for (path, bytes) in files(&root.join("built")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for own in ["data-figure", "_preview", "kessan-"] {
            let is_html = path.ends_with(".html") || path.ends_with(".js") || path.ends_with(".css");
            assert!(!is_html || !text.contains(own), "{path} has {own}");
        }
    }
}

#[test]
fn a_panel_tells_where_the_figure_is_entered_guarded_and_shown() {
    let served = Served::start(project("told", &["acme"]));
    let page = served.page(PAGE);
    let text = served.page(&panel(&page, "is.revenue@q1_2026"));
    let line = line_of(&served.root.join(INCOME), "id = \"revenue\"");
    assert!(text.contains(&format!("{INCOME}:{line}:")), "{text}");
    assert!(text.contains("<code>footing:is.gross_profit@q1_2026</code> exact"), "{text}");
    assert!(text.contains("href=\"/acme/financial-statements.html#income.revenue\""), "{text}");
    assert!(text.contains("truncate to 0 decimals"), "{text}");
    assert!(text.contains("href=\"/acme/index.html\" data-target"), "the key figures are on the first page: {text}");
    let same = served.page(&panel(&page, "income/revenue/1"));
    assert!(same.contains("<code>is.revenue@"), "{same}");

    // A line more above: the panel follows, even where no page changes.
    let income = fs::read_to_string(served.root.join(INCOME)).unwrap();
    served.write(INCOME, &format!("# A remark.\n{income}"));
    wait_until("the line to have moved", || {
        let answer = served.get(&panel(&served.page(PAGE), "is.revenue@q1_2026"));
        answer.text().contains(&format!("{INCOME}:{}:", line + 1))
    });
}

#[test]
fn a_panel_is_refused_where_there_is_none() {
    let served = Served::start(project("refused", &["acme"]));
    let page = served.page(PAGE);
    let edition = attribute(&page, "data-edition");
    let own = format!("acme/{edition}");
    for (path, status, reason) in [
        (format!("figure/{own}/is.nothing@q1_2026"), 404, "there is no line or measure `is.nothing`"),
        (format!("figure/{own}/income/revenue/99"), 404, "no cell `income/revenue/99` shows a figure"),
        (format!("figure/{own}/income/nothing/1"), 404, "no cell"),
        (format!("figure/{own}/%3Cscript%3E"), 404, "the formula `&lt;script&gt;` cannot be read"),
        (format!("figure/{own}/{}", "(".repeat(4000)), 404, ""),
        (format!("figure/{own}/%20"), 400, "names no release, edition and figure"),
        (format!("figure/{own}/"), 400, "names no release, edition and figure"),
        (format!("figure/{own}"), 400, "names no release, edition and figure"),
        ("figure/".to_owned(), 400, "names no release, edition and figure"),
        ("figure/acme/x/is.revenue".to_owned(), 400, "names no release, edition and figure"),
        ("figure/acme/-1/is.revenue".to_owned(), 400, "names no release, edition and figure"),
        ("figure/acme/99999999999999999999999/is.revenue".to_owned(), 400, "names no release, edition and figure"),
        ("figure/acme/1/is.revenue".to_owned(), 409, "has changed since this page was loaded"),
        (format!("figure/nothing/{edition}/is.revenue"), 404, "There is no such release."),
        ("unguarded/acme/1".to_owned(), 409, "has changed since this page was loaded"),
        ("unguarded/acme".to_owned(), 400, "names no release, edition and figure"),
        (format!("unguarded/nothing/{edition}"), 404, "There is no such release."),
        (format!("figure/{own}/../../acme"), 400, ""),
        (format!("figure/{own}/%00"), 400, ""),
    ] {
        let answer = served.get(&format!("/_preview/{path}"));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert!(answer.text().contains(reason) && !answer.text().contains("<script"), "{path}: {}", answer.text());
    }

    // The page is from before a change; then the files cannot be read.
    let text = fs::read_to_string(served.root.join(INCOME)).unwrap();
    served.change(INCOME, "id = \"revenue\"", "id = \"revenue\"\nlabel_long = 1");
    served.wait_for_change(&page);
    let answer = served.get(&panel(&page, "is.revenue@q1_2026"));
    assert_eq!(answer.status, 409, "{}", answer.text());
    served.write(INCOME, &format!("{text}\nthis is no TOML"));
    wait_until("the release to be torn", || served.page(PAGE).contains("this is no TOML"));
    let torn = served.page(PAGE);
    let answer = served.get(&panel(&torn, "is.revenue@q1_2026"));
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("cannot be read at present"), "{}", answer.text());
    served.write(INCOME, &text);
    served.wait_for_change(&torn);
    assert_eq!(served.get(&panel(&served.page(PAGE), "is.revenue@q1_2026")).status, 200);
}

#[test]
fn a_panel_leads_to_every_language() {
    let served = Served::start(bilingual("panel-languages"));
    for path in ["statements.html", "en/statements.html"] {
        let page = served.page(&format!("/minato-fy2026/{path}"));
        let cell = figures(&page).into_iter().find(|figure| figure.contains('/')).unwrap();
        let text = served.page(&panel(&page, &cell));
        for folder in ["", "en/"] {
            assert!(text.contains(&format!("href=\"/minato-fy2026/{folder}statements.html#")), "{text}");
        }
    }
    let pane = served.page("/_preview/pane/minato-fy2026/en/statements.html");
    assert!(pane.contains("/_preview/figures.js") && !figures(&pane).is_empty(), "{pane}");
}

/// The number of the first line with these words, from 1.
fn line_of(path: &Path, words: &str) -> usize {
    let text = fs::read_to_string(path).unwrap();
    let from = text.find(words).unwrap();
    let values = from + text[from..].find("values = [").unwrap();
    text[..values].lines().count()
}

//! Tests the PDF: pages as text, and the properties that hold on every page.

mod attached;
mod file;
mod japanese;
mod promises;
mod random;
mod releases;
mod sample;
mod structure;
mod typesetting;

use kessan::{
    diag::Diagnostic,
    present::document::{
        Block, Chart, ChartKind, Document, Draft, HeadCell, Inline, Picture, PictureFile, PictureKind, RowKind, Series,
        Table,
    },
    render::pdf::{
        Faces, Layout, PrintAppearance, Sheet, Style, built_in_templates, layout,
        page::{Item, Page},
        pdf,
        structure_tree::{Landmark, Role},
    },
};

/// Lays a document out, or writes it, in a style.
fn styled<T>(style: &Style, write: impl FnOnce(&PrintAppearance) -> T) -> T {
    let templates = built_in_templates().expect("the templates parse");
    write(&PrintAppearance {
        style,
        faces: &Faces::built_in(),
        templates: &templates,
        places: None,
        attachments: &[],
        logo: None,
    })
}

fn plain<T>(write: impl FnOnce(&PrintAppearance) -> T) -> T {
    styled(&Style::default(), write)
}

fn laid(document: &Document) -> Layout {
    plain(|look| layout(document, look)).expect("the sample fits")
}

fn findings(document: &Document) -> Vec<Diagnostic> {
    plain(|look| layout(document, look)).err().unwrap_or_default()
}

/// A release with one narrative page.
fn release(blocks: Vec<Block>) -> Document {
    let mut document = sample::document();
    document.pages.truncate(1);
    document.pages[0].blocks = blocks;
    document
}

/// The pages that a table's rows stand on.
fn pages_with<'a>(layout: &'a Layout, caption: &str) -> Vec<&'a Page> {
    layout.pages.iter().filter(|page| page.lines().iter().any(|line| line.contains(caption))).collect()
}

#[test]
fn pages_of_a_release() {
    let pages = laid(&sample::document()).pages;
    let text: Vec<String> = pages.iter().map(|page| page.lines().join("\n")).collect();
    snapbox::assert_data_eq!(text.join("\n\n=====\n\n") + "\n", snapbox::file!["pages.txt"]);
}

#[test]
fn promises_hold_on_a4() {
    let layout = laid(&sample::document());
    promises::digits_line_up(&layout);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    promises::notes_where_their_marks_are(&layout);
    promises::no_heading_alone(&layout);
    promises::no_line_alone(&layout);
}

#[test]
fn promises_hold_on_letter() {
    let style = Style { sheet: Sheet::Letter, ..Style::default() };
    let layout = styled(&style, |look| layout(&sample::document(), look)).expect("the sample fits");
    promises::digits_line_up(&layout);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    promises::notes_where_their_marks_are(&layout);
    promises::no_heading_alone(&layout);
    promises::no_line_alone(&layout);
}

/// However far down the page a section begins, its heading is not left alone and its tables keep their heads.
#[test]
fn promises_hold_wherever_the_page_ends() {
    for lines in (0..48).step_by(5) {
        let mut document = sample::document();
        let filler = (0..lines).map(|_| sample::paragraph("A line."));
        document.pages[0].blocks.splice(0..0, filler);
        for page in &mut document.pages {
            page.new_sheet = lines % 2 == 0;
        }
        let layout = laid(&document);
        promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
        promises::nothing_overlaps(&layout);
        promises::notes_where_their_marks_are(&layout);
        promises::no_heading_alone(&layout);
        promises::no_line_alone(&layout);
        assert_eq!(pages_with(&layout, "Number of contracts").len(), 1, "a short table is cut");
    }
}

#[test]
fn a_long_table_repeats_its_head_and_says_that_it_continues() {
    let mut document = sample::document();
    let Some(Block::Table(cash)) = document.pages[4].blocks.last_mut() else { panic!("the last block is a table") };
    let twice: Vec<_> = cash.rows.iter().cloned().chain(cash.rows.iter().cloned()).collect();
    cash.rows = twice;
    let layout = laid(&document);
    let pages = pages_with(&layout, "Consolidated statements of cash flows");
    assert!(pages.len() >= 2);
    for (number, page) in pages.iter().enumerate() {
        let lines = page.lines();
        assert!(lines.iter().any(|line| line.ends_with("U.S. Dollars | of JPY")), "{}", page.dump());
        let continued = lines.contains(&"Consolidated statements of cash flows (continued)".to_owned());
        assert_eq!(continued, number > 0);
    }
}

/// Every part begins with a heading, whatever stands above the table.
#[test]
fn a_long_table_is_cut_between_its_groups() {
    let group = |number| format!("H0\tGroup {number}\n{}S0\tSum\t9", "I1\tOne\t1\n".repeat(9));
    let groups: Vec<String> = (0..12).map(group).collect();
    for lines in 0..12 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| sample::paragraph("A line.")).collect();
        blocks.push(Block::Table(Box::new(sample::table("long", "Long", &["A"], &groups.join("\n")))));
        let layout = laid(&release(blocks));
        assert!(layout.pages.len() > 2);
        for page in &layout.pages[1..] {
            let lines = page.lines();
            let head = lines.iter().position(|line| line == "A").expect("the head is repeated");
            assert!(lines[head + 1].starts_with("Group "), "{lines:?}");
        }
    }
}

#[test]
fn rows_stay_in_order_on_one_line_each() {
    let layout = laid(&sample::document());
    let lines: Vec<String> = pages_with(&layout, "cash flows").iter().flat_map(|page| page.lines()).collect();
    let mut from = 0;
    for row in include_str!("cash.txt").lines() {
        let figures: Vec<&str> = row.split('\t').skip(2).filter(|figure| !figure.is_empty()).collect();
        if figures.is_empty() {
            continue;
        }
        let ending = format!(" | {}", figures.join(" | "));
        let found = lines[from..].iter().position(|line| line.ends_with(&ending));
        from += found.unwrap_or_else(|| panic!("no line ends `{ending}`")) + 1;
    }
}

#[test]
fn a_draft_says_so_on_every_page() {
    let mut document = sample::document();
    document.draft = Some(Draft { findings: 3, mark: "DRAFT: 3 findings".to_owned() });
    for page in laid(&document).pages {
        assert!(page.lines().contains(&"DRAFT: 3 findings".to_owned()));
        let Some(Item::Watermark(stamp)) = page.items.first() else {
            panic!("nothing stands across the page, behind all")
        };
        assert_eq!((stamp.run.text.as_str(), stamp.run.tag), ("DRAFT", None));
        let end = [
            stamp.run.x + stamp.run.width * stamp.angle.cos(),
            stamp.run.baseline - stamp.run.width * stamp.angle.sin(),
        ];
        assert!(end[0] < page.width && end[1] > 0.0 && stamp.run.width > page.width / 2.0, "{stamp:?}");
    }
}

#[test]
fn a_note_under_a_table_is_not_repeated_at_the_foot_of_its_page() {
    let table = sample::table("marked", "Marked", &["A"], "I0\tOne^1\t1");
    let count_notes =
        |blocks| laid(&release(blocks)).pages[0].lines().iter().filter(|line| line.starts_with("¹ | ")).count();
    let (text, table) = (sample::paragraph("In text.^1"), Block::Table(Box::new(table)));
    assert_eq!(count_notes(vec![text.clone(), table.clone()]), 1);
    assert_eq!(count_notes(vec![table, text.clone()]), 1);
    assert_eq!(count_notes(vec![text]), 1);
}

/// Wherever the page ends, a short table finds room for its remark.
#[test]
fn a_short_table_takes_its_remark_along() {
    let mut turned = 0;
    for lines in 14..30 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| sample::paragraph("A line.")).collect();
        blocks.push(Block::Table(Box::new(sample::table("t", "Short", &["A"], &"I0\tOne\t1\n".repeat(6)))));
        blocks.push(sample::paragraph("(Note) Unaudited."));
        blocks.extend((0..60).map(|_| sample::paragraph("More.")));
        let layout = laid(&release(blocks));
        let page_of = |words: &str| layout.pages.iter().position(|page| page.lines().iter().any(|line| line == words));
        assert_eq!(page_of("Short"), page_of("(Note) Unaudited."), "{lines} lines above");
        turned += usize::from(page_of("Short") == Some(1));
    }
    assert!((1..16).contains(&turned), "{turned}");
}

#[test]
fn two_charts_are_beside_each_other_if_they_have_room() {
    let side_by_side = |categories: usize| {
        let heads: Vec<String> = (0..categories).map(|year| format!("Fiscal {}", 2000 + year)).collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let chart = |id: &str| {
            let table = sample::table(id, id, &heads, &format!("I0\tEurope{}", "\t1,489".repeat(categories)));
            let series = Series { label: "Europe".to_owned(), points: table.rows[0].cells.clone(), total: false };
            let categories = heads.iter().map(|head| (*head).to_owned()).collect();
            let (alt, numbers) = ("In words".to_owned(), "Figures".to_owned());
            Block::Chart(Box::new(Chart {
                headline: false,
                kind: ChartKind::Bar,
                categories,
                series: vec![series],
                alt,
                notes: Default::default(),
                numbers,
                table,
            }))
        };
        let layout = laid(&release(vec![chart("one"), chart("two")]));
        promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
        promises::nothing_overlaps(&layout);
        let top = |caption: &str| layout.pages[0].runs().find(|run| run.text == caption).map(|run| run.baseline);
        top("one") == top("two")
    };
    assert!(side_by_side(3));
    assert!(!side_by_side(8));
    // More than there is room for in one row of numbers.
    assert!(!side_by_side(12));
    assert!(!side_by_side(40));
}

#[test]
fn the_contents_say_where_each_page_begins() {
    for (count, columns) in [(12, 3), (100, 1)] {
        let mut document = sample::document();
        let page = document.pages.pop().expect("the sample has pages");
        let numbered = |number: usize| {
            let mut page = kessan::present::document::Page { new_sheet: number.is_multiple_of(2), ..page.clone() };
            (page.id, page.title) = (format!("page-{number}"), format!("Chapter {number}"));
            // Somewhere a heading has the name of a page.
            page.blocks = vec![sample::heading(1, &format!("Page {}", number + 5))];
            page
        };
        document.pages = (0..count).map(numbered).collect();
        let layout = laid(&document);
        promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
        promises::nothing_overlaps(&layout);
        let lines: Vec<String> = layout.pages.iter().flat_map(Page::lines).collect();
        for (number, begins) in
            document.pages.iter().map(|page| layout.landmarks[&Landmark::Page(page.id.clone())].page + 1).enumerate()
        {
            let entry = format!("Chapter {number} | {begins}");
            let found = lines.iter().filter(|line| format!("{line} |").contains(&format!("{entry} |"))).count();
            assert_eq!(found, 1, "`{entry}` of {count}");
        }
        let first = lines.iter().find(|line| line.starts_with("Chapter 0 |")).expect("there is a list");
        assert_eq!(first.matches("Chapter").count(), columns);
    }
}

#[test]
fn the_outline_goes_down_to_the_tables() {
    let outlined = |document: &Document| -> Vec<(u8, String)> {
        laid(document).outline.into_iter().map(|mark| (mark.level, mark.text)).collect()
    };
    let outline = outlined(&sample::document());
    let below = |heading: (u8, &str), table: (u8, &str)| {
        outline.windows(2).any(|pair| pair.iter().map(|(level, text)| (*level, text.as_str())).eq([heading, table]))
    };
    assert!(below((1, "Summary"), (3, "Targets")), "{outline:?}");
    assert!(below((3, "Operating results summary"), (4, "Operating results summary")), "{outline:?}");
    assert!(below((1, "Consolidated statements of income"), (2, "Consolidated statements of income")), "{outline:?}");
    let mut bare = release(vec![Block::Table(Box::new(sample::table("t", "Table", &["A"], "I0\tOne\t1")))]);
    bare.pages[0].title = "Statements".to_owned();
    assert_eq!(outlined(&bare), [(1, "Statements".to_owned()), (2, "Table".to_owned())]);
    // Headings of one rank stand below the page's name together.
    bare.pages[0].blocks = vec![sample::heading(1, "Year"), sample::heading(1, "Quarter"), sample::heading(2, "Loss")];
    let names: Vec<String> = outlined(&bare).into_iter().map(|(level, text)| format!("{level} {text}")).collect();
    assert_eq!(names, ["1 Statements", "2 Year", "2 Quarter", "3 Loss"]);
}

/// Wherever the page ends, a single line that ends a section is not left alone before the next section's heading, nor one that
/// begins a section alone behind its heading.
#[test]
fn single_lines_are_not_parted_from_their_sections() {
    let mut broken = [0; 2];
    for lines in 16..36 {
        let mut blocks = vec![sample::heading(1, "First")];
        blocks.extend((0..lines).map(|_| sample::paragraph("A line.")));
        blocks.extend(["Second", "Third"].map(|words| sample::heading(1, words)));
        blocks.insert(lines + 1, sample::paragraph("The last line."));
        blocks.insert(lines + 3, sample::paragraph("The only line."));
        blocks.push(sample::paragraph("The first line."));
        blocks.extend((0..60).map(|_| sample::paragraph("More.")));
        for page in &laid(&release(blocks)).pages {
            let lines = page.lines();
            // Between the running head and the foot.
            let (first, last) = (lines.get(1).map(String::as_str), lines.iter().rev().nth(1).map(String::as_str));
            assert_ne!(first, Some("The last line."), "{lines:?}");
            assert_ne!(last, Some("The first line."), "{lines:?}");
            broken[0] += usize::from(first == Some("A line."));
            broken[1] += usize::from(last == Some("More."));
        }
    }
    assert!(broken.iter().all(|pages| *pages > 0), "{broken:?}");
}

#[test]
fn items_of_a_list_begin_at_one_place_and_their_numbers_end_at_one() {
    let words = ["Nine", "Ten", "Eleven"];
    let items = words.map(|words| vec![sample::paragraph(words)]).to_vec();
    let layout = laid(&release(vec![Block::List { start: Some(9), items }]));
    let runs = |wanted: &str| layout.pages[0].runs().find(|run| run.text == wanted).expect("it is all_runs");
    assert!(words.iter().all(|words| runs(words).x == runs("Nine").x));
    let ends = ["9.", "10.", "11."].map(|mark| runs(mark).x + runs(mark).width);
    assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.01), "{ends:?}");
}

/// A remark on the table above it does not leave with the table below it, as an introduction does.
#[test]
fn a_remark_stays_behind_its_table() {
    let long = |id: &str| Block::Table(Box::new(sample::table(id, id, &["A"], &"I0\tOne\t1\n".repeat(30))));
    let page_of = |words: &str| {
        let document = release(vec![long("Above"), sample::paragraph(words), long("Below")]);
        let layout = japanese::look(|look| layout(&document, look)).expect("it fits");
        layout.pages.iter().position(|page| page.lines().contains(&words.to_owned())).expect("it is all_runs")
    };
    let remarks = ["(Note) Unaudited.", "（前年）Unaudited.", "* Unaudited."];
    assert_eq!(remarks.map(page_of), [0, 0, 0]);
    assert_eq!(["The next table is unaudited.", "(Unaudited)", "(1) Unaudited"].map(page_of), [1, 1, 1]);
}

#[test]
fn a_title_too_long_for_the_running_head_is_shortened() {
    let mut document = sample::document();
    document.title = vec![sample::text(&"A title of many words ".repeat(12))];
    let page = &laid(&document).pages[1];
    let head = &page.lines()[0];
    assert!(head.starts_with("Example Networks Inc. | A title") && head.ends_with("many…"), "{head}");
}

#[test]
fn a_character_that_no_face_has_is_a_finding() {
    let document = release(vec![sample::paragraph("Plain, then \u{6c7a}.")]);
    let found: Vec<String> = findings(&document).into_iter().map(|finding| finding.message).collect();
    assert_eq!(found, ["no font has the character `\u{6c7a}` (U+6C7A), found in page `summary`"]);
}

#[test]
fn a_table_that_cannot_fit_is_a_finding() {
    let heads: Vec<&str> = vec!["Heading"; 30];
    let table = sample::table("wide", "Wide", &heads, &format!("I0\tLabel{}", "\t1,234,567,890".repeat(30)));
    let found = findings(&release(vec![Block::Table(Box::new(table))]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "layout");
    assert!(found[0].message.starts_with("the table `wide` is too wide for a landscape sheet"), "{}", found[0].message);
}

#[test]
fn a_row_that_no_page_can_hold_is_a_finding() {
    let table = sample::table("tall", "Tall", &["A"], &format!("I0\t{}\t1", "word ".repeat(3000)));
    let found: Vec<String> =
        findings(&release(vec![Block::Table(Box::new(table))])).into_iter().map(|f| f.message).collect();
    assert_eq!(found, ["row 1 of table `tall` is higher than a page with the table's head"]);
}

#[test]
fn an_empty_release_has_a_page() {
    let mut document = release(Vec::new());
    document.masthead.clear();
    document.title.clear();
    document.pages.clear();
    assert_eq!(laid(&document).pages.len(), 1);
    assert!(plain(|look| pdf(&document, look)).is_ok());
}

/// The files stay in `target/tmp` for outside validators and for eyes.
#[test]
fn same_document_same_bytes() {
    let mut draft = sample::document();
    draft.draft = Some(Draft { findings: 3, mark: "DRAFT: 3 findings".to_owned() });
    for (name, document) in [("sample.pdf", sample::document()), ("draft.pdf", draft)] {
        let write = || plain(|look| pdf(&document, look)).expect("the sample fits");
        let bytes = write();
        assert!(bytes == write(), "two writes in one process differ");
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(path, bytes).expect("the target folder can be written");
    }
}

/// Whatever the layers above hand over, the writer answers with pages or findings.
#[test]
fn strange_documents_do_not_panic() {
    let rows = "T9\t\t1\nH0\tOnly a heading\nI0\tToo many\t1\t2\t3\t4\nS1\t";
    let mut odd = sample::table("odd", "", &["", "A head that is longer than anything"], rows);
    odd.head.push(vec![HeadCell { text: Vec::new(), colspan: 0, rowspan: 0, group: true }]);
    odd.head[0].push(HeadCell { text: Vec::new(), colspan: usize::MAX, rowspan: usize::MAX, group: true });
    let bare = Table { head: Vec::new(), columns: Vec::new(), rows: Vec::new(), caption: Vec::new(), ..odd.clone() };
    let tall = sample::table("tall", "Tall", &["A"], &format!("I0\t{}\t1", "word ".repeat(2000)));
    let nested =
        (0..40).fold(vec![sample::paragraph("deep")], |inner, _| vec![Block::List { start: None, items: vec![inner] }]);
    let strange = ["", " ", "\u{200b}", "a\u{0}b\tc\nd", "e\u{301}\u{301}\u{301}", "\u{202e}x", "^9 no such note"];
    let mut blocks: Vec<Block> = strange.iter().map(|words| sample::paragraph(words)).collect();
    blocks.push(sample::paragraph(&"unbreakable".repeat(300)));
    blocks.push(Block::List { start: Some(u64::MAX), items: vec![Vec::new(), Vec::new()] });
    blocks.push(Block::Heading { level: 0, id: String::new(), text: Vec::new() });
    blocks.push(Block::Heading { level: 255, id: String::new(), text: Vec::new() });
    blocks.extend([odd, bare, tall].map(|table| Block::Table(Box::new(table))));
    blocks.extend(nested);
    for block in blocks {
        let _ = plain(|look| pdf(&release(vec![block]), look));
    }
}

#[test]
fn a_chapter_is_set_smaller_to_save_a_sparse_sheet() {
    let rows = (0..48).map(|row| format!("I0\tLine {row}\t1,234")).collect::<Vec<_>>().join("\n");
    let table = sample::table("long", "Long", &["A"], &rows);
    let document = release(vec![Block::Table(Box::new(table)), sample::paragraph("A note under the table.")]);
    let layout = laid(&document);
    assert_eq!(layout.pages.len(), 1);
    let sizes = layout.pages[0].runs().filter(|run| run.text == "1,234").map(|run| run.size);
    assert!(sizes.fold(f32::MAX, f32::min) >= 6.5);
}

#[test]
fn more_than_the_sheets_asked_for_is_a_finding() {
    let mut document = release((0..200).map(|_| sample::paragraph("A line.")).collect());
    document.pages[0].sheets = Some(2);
    let found: Vec<String> = findings(&document).into_iter().map(|finding| finding.message).collect();
    assert_eq!(found, ["page `summary` does not fit 2 sheets, not even in the smallest type"]);
}

#[test]
fn text_under_a_turned_table_stays_on_its_sheet() {
    let mut table = sample::table("turned", "Turned", &["A", "B"], "I0\tOne\t1\t2");
    table.landscape = true;
    let blocks = vec![
        sample::paragraph("PriorFigure."),
        sample::heading(1, "Turned"),
        Block::Table(Box::new(table)),
        sample::paragraph("(Note) Under the table."),
        sample::heading(1, "Upright"),
        sample::paragraph("Behind."),
    ];
    let pages = laid(&release(blocks)).pages;
    let sheet = |words: &str| {
        let page = pages.iter().find(|page| page.lines().iter().any(|line| line.starts_with(words)));
        page.is_some_and(|page| page.width > page.height)
    };
    assert!(!sheet("PriorFigure.") && sheet("(Note) Under") && !sheet("Behind."));
}

#[test]
fn a_table_too_wide_for_an_upright_sheet_turns_it() {
    let heads: Vec<&str> = vec!["Heading"; 12];
    let table = |id: &str, count: usize| {
        let cells = "\t12,345,678,901".repeat(count);
        Block::Table(Box::new(sample::table(id, id, &heads[..count], &format!("I0\tLabel{cells}\nI0\tOther{cells}"))))
    };
    let list = Block::List { start: None, items: vec![vec![table("listed", 12)]] };
    let layout = laid(&release(vec![table("narrow", 3), table("wide", 12), sample::heading(1, "Listed"), list]));
    let turned = |words: &str| {
        let page = layout.pages.iter().find(|page| page.lines().iter().any(|line| line == words));
        page.is_some_and(|page| page.width > page.height)
    };
    assert_eq!(["narrow", "wide", "listed"].map(turned), [false, true, true]);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
}

#[test]
fn the_cover_is_laid_out_for_the_sheet_that_it_is_on() {
    let mut table = sample::table("turned", "Turned", &["A", "B"], "I0\tOne\t1\t2");
    let longest = |landscape: bool, table: &kessan::present::document::Table| {
        let mut table = table.clone();
        table.landscape = landscape;
        // The heading has no text of its own before the next, so that the cover is on the sheet of the table.
        let blocks = vec![sample::heading(1, "Results"), sample::heading(2, "Turned"), Block::Table(Box::new(table))];
        let layout = laid(&release(blocks));
        assert_eq!(layout.pages.len(), 1);
        let page = &layout.pages[0];
        assert_eq!(page.width > page.height, landscape);
        let rules = page.items.iter().filter_map(|item| if let Item::Rule(rule) = item { Some(rule) } else { None });
        let above: Vec<f32> = rules.filter(|rule| rule.y < 120.0).map(|rule| rule.width).collect();
        (above.iter().copied().fold(0.0, f32::max), page.width)
    };
    table.caption = Vec::new();
    let (upright, sheet) = longest(false, &table);
    assert_eq!(upright, sheet - 2.0 * 56.0);
    let (turned, sheet) = longest(true, &table);
    assert_eq!(turned, sheet - 2.0 * 50.0);
}

#[test]
fn columns_of_tables_with_the_same_heads_are_aligned() {
    let first =
        sample::table("first", "Assets", &["2009", "2010"], "I0\tCash\t10,187,724\t1\nT0\tTOTAL\t52,301,199\t3");
    let second = sample::table("second", "Liabilities", &["2009", "2010"], "I0\tA much longer label than cash\t7\t2");
    let layout = laid(&release(vec![Block::Table(Box::new(first)), Block::Table(Box::new(second))]));
    let end = |digits: &str| layout.pages[0].runs().find(|run| run.text == digits).map(|run| run.x + run.width);
    assert_eq!(end("52,301,199").map(f32::round), end("7").map(f32::round));
}

#[test]
fn a_picture_is_a_figure_above_its_caption() {
    // A JPEG file is not decoded, so that its size is enough.
    let file = |width, height| PictureFile {
        path: format!("pictures/{width}.jpg"),
        kind: PictureKind::Jpeg,
        width,
        height,
        bytes: [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 0, 0, 0].into(),
    };
    let picture = |width, height| {
        let (page, print) = (file(width, height), file(width, height));
        let caption = vec![Inline::Text { text: "Caption".to_owned() }];
        Block::Picture(Box::new(Picture { page, print, alt: "In words".to_owned(), caption }))
    };
    let mut document = release(vec![picture(80, 40), picture(8_000, 1_000), picture(100, 9_000), picture(80, 40)]);
    let layout = laid(&document);
    let figure = |node: usize| layout.tree.nodes[node].role == Role::Figure("In words".to_owned());
    let placed = layout.pages.iter().flat_map(|page| &page.items);
    let placed: Vec<_> =
        placed.filter_map(|item| if let Item::Picture(picture) = item { Some(*picture) } else { None }).collect();
    assert!(placed.iter().all(|picture| picture.tag.is_some_and(figure)));
    // The same file is there once. What is too wide or too high is smaller.
    assert_eq!(placed.iter().map(|picture| picture.index).collect::<Vec<_>>(), [0, 1, 2, 0]);
    assert_eq!((placed[0].width, placed[0].height), (60.0, 30.0));
    assert!(placed[1].width < 500.0 && placed[2].height < 470.0, "{placed:?}");
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    let bytes = plain(|look| pdf(&document, look)).expect("the pictures are written");
    assert_eq!(bytes.windows(9).filter(|bytes| *bytes == b"DCTDecode").count(), 3);
    document.pages[0].blocks = vec![Block::Picture(Box::new(Picture {
        page: file(1, 1),
        print: PictureFile { kind: PictureKind::Png, ..file(1, 1) },
        alt: String::new(),
        caption: Vec::new(),
    }))];
    assert_eq!(findings(&document)[0].message, "`1.jpg` cannot be printed: the PNG file is damaged");
}

#[test]
fn a_chart_is_one_figure_with_its_numbers() {
    let table = sample::table("chart", "Revenue", &["2009", "2010"], "I0\tEurope\t489\t512\nT0\tAll\t800\t(5)");
    let series = |row: &kessan::present::document::Row| Series {
        label: row.id.clone(),
        points: row.cells.clone(),
        total: row.kind == RowKind::Total,
    };
    for kind in [ChartKind::Bar, ChartKind::Stacked, ChartKind::Line] {
        let chart = Chart {
            kind,
            headline: false,
            categories: vec!["2009".to_owned(), "2010".to_owned()],
            series: table.rows.iter().map(series).collect(),
            alt: "In words".to_owned(),
            notes: Default::default(),
            numbers: "Figures".to_owned(),
            table: table.clone(),
        };
        let layout = laid(&release(vec![Block::Chart(Box::new(chart))]));
        let figure = layout.tree.nodes.iter().position(|node| node.role == Role::Figure("In words".to_owned()));
        let page = &layout.pages[0];
        let texts: Vec<&str> = page.runs().filter(|run| run.tag == figure).map(|run| run.text.trim()).collect();
        assert_eq!(texts, ["2009", "2010", "row0", "489", "512", "row1", "800", "(5)"]);
        let shapes = page.items.iter().filter(|item| matches!(item, Item::Shape(shape) if shape.tag == figure));
        assert!(shapes.count() >= 3);
        promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
        promises::nothing_overlaps(&layout);
    }
}

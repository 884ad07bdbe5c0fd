//! Tests publishing a site into the output folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kessan::{
    diag::Diagnostic,
    site::{Hashes, Manifest, Origin, Output, ReleaseCard, Site},
};

/// An empty folder of the test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn site(files: &[(&str, &str)]) -> Site {
    let mut site = Site::new();
    files.iter().for_each(|(path, text)| site.insert(*path, *text).unwrap());
    site
}

fn hashes(site: &Site) -> Hashes {
    site.hashes(2, |_, _| None)
}

fn card(slug: &str, date: &str) -> ReleaseCard {
    ReleaseCard {
        slug: slug.to_owned(),
        title: slug.to_uppercase(),
        issuer: "Acme".to_owned(),
        language: "en".to_owned(),
        date: date.to_owned(),
        date_text: date.to_owned(),
        description: String::new(),
        pages: vec!["index.html".to_owned()],
        draft: None,
        translations: Vec::new(),
    }
}

fn publish(output: &Output, site: &Site, card: ReleaseCard) -> Result<usize, Diagnostic> {
    let slug = card.slug.clone();
    let published = output.publish(site, &Manifest::for_release(hashes(site), card, Origin::default()), &slug, 2);
    published.map(|(files, left)| {
        assert_eq!(left, None);
        files
    })
}

fn write_list(output: &Output, site: &Site) -> Result<(), Diagnostic> {
    output.write_list(site, &Manifest::for_list(hashes(site), BTreeMap::new(), Origin::default()))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_site_replaces_the_old_one_whole() {
    let folder = folder("replaces");
    let output = Output::open(&folder, "output").unwrap();
    let first = site(&[("index.html", "1"), ("gone/page.html", "1")]);
    assert_eq!(publish(&output, &first, card("acme", "2010-05-14")), Ok(3));
    assert_eq!(publish(&output, &site(&[("index.html", "2")]), card("acme", "2010-05-14")), Ok(2));
    assert_eq!(names(&folder), ["acme"]);
    assert_eq!(names(&folder.join("acme")), ["index.html", "manifest.json"]);
    assert_eq!(fs::read_to_string(folder.join("acme/index.html")).unwrap(), "2");
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_old_site_in_place_and_nothing_beside_it() {
    let folder = folder("fails");
    let output = Output::open(&folder, "output").unwrap();
    publish(&output, &site(&[("index.html", "1")]), card("acme", "2010-05-14")).unwrap();
    let too_long = "a".repeat(300);
    let failure = publish(&output, &site(&[("a", "2"), (&too_long, "2")]), card("acme", "2010-05-14")).unwrap_err();
    assert!(failure.io && failure.message.starts_with("cannot write `output/acme/aaa"), "{}", failure.message);
    assert_eq!(names(&folder), ["acme"]);
    assert_eq!(fs::read_to_string(folder.join("acme/index.html")).unwrap(), "1");
}

#[test]
fn releases_are_listed_the_latest_first() {
    let output = Output::open(&folder("listed"), "output").unwrap();
    for (slug, date) in [("old", "2009-05-14"), ("b", "2010-05-14"), ("a", "2010-05-14")] {
        publish(&output, &site(&[("index.html", "")]), card(slug, date)).unwrap();
    }
    let releases = output.releases().unwrap();
    let slugs: Vec<&str> = releases.iter().map(|(card, _)| card.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "b", "old"]);
}

#[test]
fn a_folder_that_was_renamed_by_hand_is_no_release() {
    let folder = folder("renamed");
    let output = Output::open(&folder, "output").unwrap();
    publish(&output, &site(&[("index.html", "")]), card("acme", "2010-05-14")).unwrap();
    fs::rename(folder.join("acme"), folder.join("acme-copy")).unwrap();
    assert_eq!(output.releases(), Ok(Vec::new()));
}

#[test]
fn the_list_replaces_only_what_kessan_wrote() {
    let folder = folder("list");
    let output = Output::open(&folder, "output").unwrap();
    let list = site(&[("index.html", "list"), ("static/a.css", "css")]);
    write_list(&output, &list).unwrap();
    write_list(&output, &list).unwrap();
    assert_eq!(names(&folder), ["index.html", "manifest.json", "static"]);
    drop(output);
    let output = Output::open(&folder, "output").unwrap();

    fs::write(folder.join("static/mine.css"), "mine").unwrap();
    assert!(write_list(&output, &site(&[("index.html", "list"), ("static/mine.css", "css")])).is_err());
    assert_eq!(fs::read_to_string(folder.join("static/mine.css")).unwrap(), "mine");

    publish(&output, &site(&[("index.html", "")]), card("acme", "2010-05-14")).unwrap();
    assert!(write_list(&output, &site(&[("acme/a.css", "css")])).is_err());
}

#[test]
fn what_a_list_no_longer_has_is_removed_and_nothing_else() {
    let folder = folder("list-shrinks");
    let output = Output::open(&folder, "output").unwrap();
    publish(&output, &site(&[("index.html", "")]), card("acme", "2010-05-14")).unwrap();
    write_list(&output, &site(&[("index.html", "list"), ("feed.xml", "feed")])).unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let forged = manifest.replace("\"feed.xml\"", "\"../outside.txt\": \"\", \"acme/index.html\": \"\", \"feed.xml\"");
    assert_ne!(forged, manifest);
    fs::write(folder.join("manifest.json"), forged).unwrap();
    let outside = folder.join("../outside.txt");
    fs::write(&outside, "another's").unwrap();

    write_list(&output, &site(&[("index.html", "list")])).unwrap();
    assert_eq!(names(&folder), ["acme", "index.html", "manifest.json", "mine.txt"]);
    assert!(folder.join("acme/index.html").exists() && outside.exists());
}

#[test]
fn a_file_is_lost_only_if_it_has_the_hash_that_the_manifest_names() {
    let folder = folder("believed");
    let output = Output::open(&folder, "output").unwrap();
    let pages = site(&[("index.html", "1"), ("deep/old.html", "1")]);
    publish(&output, &pages, card("acme", "2010-05-14")).unwrap();
    fs::write(folder.join("acme/deep/old.html"), "mine").unwrap();
    let refused = publish(&output, &site(&[("index.html", "2")]), card("acme", "2010-05-14")).unwrap_err();
    assert!(refused.message.starts_with("`output/acme/deep/old.html` is not kessan's"), "{}", refused.message);
    assert_eq!(fs::read_to_string(folder.join("acme/deep/old.html")).unwrap(), "mine");
    fs::write(folder.join("acme/deep/old.html"), "1").unwrap();
    publish(&output, &site(&[("index.html", "2")]), card("acme", "2010-05-14")).unwrap();
    assert_eq!(names(&folder.join("acme")), ["index.html", "manifest.json"]);

    write_list(&output, &site(&[("index.html", "1"), ("a.css", "1"), ("b.css", "1")])).unwrap();
    fs::write(folder.join("b.css"), "mine").unwrap();
    write_list(&output, &site(&[("index.html", "1")])).unwrap();
    assert_eq!(names(&folder), ["acme", "b.css", "index.html", "manifest.json"]);
    fs::write(folder.join("index.html"), "mine").unwrap();
    assert!(write_list(&output, &site(&[("index.html", "2")])).is_err());
    assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "mine");
}

#[test]
fn a_manifest_of_another_program_at_the_place_of_the_list_is_refused() {
    let folder = folder("foreign");
    fs::write(folder.join("manifest.json"), "{\"name\": \"web app\"}").unwrap();
    let list = (site(&[("index.html", "list")]), Manifest::for_list(Hashes::new(), Hashes::new(), Origin::default()));
    let failure = Output::open(&folder, "output").unwrap().claim_list(Some(&list)).unwrap_err();
    assert_eq!(failure.message, "`output/manifest.json` was not written by kessan, so it is not replaced");
}

#[test]
fn a_folder_is_written_by_one_at_a_time_and_read_by_many() {
    let folder = folder("locked");
    let writer = Output::open(&folder, "output").unwrap();
    for busy in [Output::open(&folder, "output"), Output::open_to_read(&folder, "output")] {
        let busy = busy.unwrap_err();
        assert_eq!(busy.message, "`output` is in use: another kessan writes to it or verifies it");
        assert!(busy.io);
    }
    publish(&writer, &site(&[("index.html", "")]), card("acme", "2010-05-14")).unwrap();
    drop(writer);
    let readers = [Output::open_to_read(&folder, "output").unwrap(), Output::open_to_read(&folder, "output").unwrap()];
    assert!(Output::open(&folder, "output").is_err());
    drop(readers);
    assert!(Output::open(&folder, "output").is_ok());
    assert_eq!(names(&folder), ["acme"]);
}

#[test]
fn a_new_folder_in_which_nothing_was_written_is_taken_away_again() {
    let folder = folder("nothing").join("output");
    drop(Output::open(&folder, "output").unwrap());
    assert!(!folder.exists());
    fs::create_dir(&folder).unwrap();
    drop(Output::open(&folder, "output").unwrap());
    assert!(folder.exists());
}

/// A folder outside of the output with a file, as a link may lead to it.
#[cfg(unix)]
fn outside(test: &str) -> PathBuf {
    let outside = folder(test).join("outside");
    fs::create_dir_all(outside.join("deep")).unwrap();
    for file in ["authorized_keys", "deep/authorized_keys", "a.css"] {
        fs::write(outside.join(file), "theirs").unwrap();
    }
    outside
}

#[cfg(unix)]
fn assert_untouched(outside: &Path, what: &str) {
    let left: Vec<_> = ["authorized_keys", "deep/authorized_keys", "a.css"]
        .into_iter()
        .filter(|file| fs::read_to_string(outside.join(file)).is_ok_and(|text| text == "theirs"))
        .collect();
    assert_eq!(left.len(), 3, "{what}: {left:?}");
    assert_eq!((names(outside).len(), names(&outside.join("deep")).len()), (3, 1), "{what}");
}

/// What a project that comes from elsewhere may bring along in its output: links, and a manifest that lists files behind them.
#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let outside = outside("links-outside");
    let list = [("index.html", "list"), ("static/a.css", "css"), ("static/deep/b.css", "css")];
    let links: [(&str, &str); 11] = [
        ("evil", ""),
        ("evil/below", "deep"),
        ("static", ""),
        ("static/deep", "deep"),
        ("static/a.css", "a.css"),
        ("static/a.css", "nothing"),
        ("index.html", "a.css"),
        ("manifest.json", "a.css"),
        (".index.html.staging-kessan", "a.css"),
        (".acme.staging-kessan", "deep"),
        (".acme.old-kessan", "deep"),
    ];
    for (link, target) in links {
        let what = format!("{link} -> {target}");
        let root = folder("links");
        let forged =
            ["evil/authorized_keys", "evil/deep/authorized_keys", "evil/below/authorized_keys", "static/a.css"];
        let files: Vec<String> = forged.iter().map(|path| format!("\"{path}\": \"0\"")).collect();
        let manifest = format!(
            "{{\"tool\":\"kessan\",\"version\":\"0.1.0\",\"program\":\"x\",\"files\":{{{}}}}}",
            files.join(",")
        );
        if link != "manifest.json" {
            fs::write(root.join("manifest.json"), manifest).unwrap();
        }
        fs::create_dir_all(root.join(link).parent().unwrap()).unwrap();
        symlink(outside.join(target), root.join(link)).unwrap();
        if let Ok(output) = Output::open(&root, "output") {
            drop(output.claim_list(None));
            drop(write_list(&output, &site(&list)));
            drop(output.publish(
                &site(&list),
                &Manifest::for_list(hashes(&site(&list)), BTreeMap::new(), Origin::default()),
                "acme",
                2,
            ));
            drop(output.publish(
                &site(&list),
                &Manifest::for_list(hashes(&site(&list)), BTreeMap::new(), Origin::default()),
                "evil",
                2,
            ));
            drop(output.remove_release("evil"));
        }
        assert_untouched(&outside, &what);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_during_a_build_leads_nowhere() {
    use std::{
        os::unix::fs::symlink,
        sync::atomic::{AtomicBool, Ordering},
    };
    let outside = outside("swapped-outside");
    let root = folder("swapped");
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for place in [root.join("static"), root.join(".acme.staging-kessan")] {
                    drop(fs::rename(&place, root.join("aside")));
                    drop(symlink(&outside, &place));
                    drop(fs::remove_file(&place));
                    drop(fs::rename(root.join("aside"), &place));
                    drop(fs::remove_dir_all(root.join("aside")));
                }
            }
        });
        for round in 0..200 {
            let text = round.to_string();
            let list = site(&[("index.html", &text), ("static/a.css", &text), ("static/deep/authorized_keys", &text)]);
            if let Ok(output) = Output::open(&root, "output") {
                drop(write_list(&output, &list));
                drop(publish(&output, &list, card("acme", "2010-05-14")));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_untouched(&outside, "swapped");
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn a_release_is_in_its_place_at_every_moment() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let root = folder("always-there");
    let output = Output::open(&root, "output").unwrap();
    publish(&output, &site(&[("index.html", "0")]), card("acme", "2010-05-14")).unwrap();
    let stop = AtomicBool::new(false);
    let (seen, missed) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut seen, mut missed) = (0, 0);
            while !stop.load(Ordering::Relaxed) {
                match fs::read(root.join("acme/index.html")) {
                    Ok(_) => seen += 1,
                    Err(_) => missed += 1,
                }
            }
            (seen, missed)
        });
        let published = (1..100).map(|round: i32| {
            let site = site(&[("index.html", &round.to_string())]);
            publish(&output, &site, card("acme", "2010-05-14"))
        });
        let published: Vec<_> = published.collect();
        stop.store(true, Ordering::Relaxed);
        assert!(published.iter().all(Result::is_ok), "{published:?}");
        reader.join().unwrap()
    });
    assert!(seen > 0 && missed == 0, "{missed} of {seen} reads found no page");
}

use kessan::jobs;
#[test]
fn scratch() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (proofs, _) = jobs::mutate(&jobs::Mutate { root, slugs: &[], seed: 1, limit: None }, &|_, _| {});
    for p in proofs {
        for (k, t) in p.by_kind {
            println!("{k} {t:?}");
        }
        for (k, t) in p.by_statement {
            println!("{k} {t:?}");
        }
    }
}

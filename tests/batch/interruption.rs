//! Runs that are killed or interrupted.

use super::*;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Numbers that look random and are the same each time.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *seed >> 33
}

#[test]
fn a_run_killed_twenty_times_ends_with_the_bytes_of_an_undisturbed_one() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 150);
    let start = Instant::now();
    assert_eq!(run(folder.path(), "batch in -t epub,txt,json -o whole -q").0, 0);
    let whole = start.elapsed();
    let expected = tree(&folder.path().join("whole"));

    let out = folder.path().join("killed");
    let (mut seed, mut kills, mut between) = (8, 0, 0);
    // A kill comes at a random point of what a run takes; a run that is done before it is started
    // anew, so that all twenty hit a run at work.
    while kills < 20 {
        let mut child = fanfold(folder.path())
            .args("batch in -t epub,txt,json -o killed -q -j3 --resume".split_whitespace())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let wait = whole.mul_f64(random(&mut seed) as f64 / 2f64.powi(31) * 0.5);
        sleep(wait);
        match child.try_wait().expect("it can be asked") {
            None => {
                child.kill().expect("it can be killed");
                child.wait().expect("it ends");
                kills += 1;
                if out.is_dir() {
                    let there = tree(&out);
                    between += usize::from((1..expected.len()).contains(&there.len()));
                    // What is there under its name is whole.
                    for (name, bytes) in there.iter().filter(|(n, _)| !n.starts_with(".fanfold")) {
                        assert!(expected[name] == *bytes, "{name} is half written");
                    }
                }
            }
            Some(_) => fs::remove_dir_all(&out).expect("it was made"),
        }
    }
    assert!(between > 0, "no kill came while outputs were being written");
    assert_eq!(run(folder.path(), "batch in -t epub,txt,json -o killed -q --resume").0, 0);
    assert!(tree(&out) == expected);
    let mut done = ids(&out.join("manifest.ndjson"), "done");
    done.dedup();
    assert_eq!(done.len(), 150);
}

#[cfg(unix)]
#[test]
fn an_interrupt_finishes_what_is_under_way_and_exits_with_130() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 400);
    let child = fanfold(folder.path())
        .args("batch in -t epub,pdf -o out -j2".split_whitespace())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let manifest = folder.path().join("out/manifest.ndjson");
    let start = Instant::now();
    while !fs::metadata(&manifest).is_ok_and(|m| m.len() > 0) {
        assert!(start.elapsed() < Duration::from_secs(120), "waited for the first row of the manifest");
        sleep(Duration::from_millis(5));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("interrupted; --resume goes on from here"), "{err}");
    // Every output has its row, and every row its outputs.
    let done = ids(&manifest, "done");
    assert!((1..400).contains(&done.len()), "{}", done.len());
    assert_eq!(names(&folder.path().join("out")).len(), done.len() * 2);
    let (code, _, err) = run(folder.path(), "batch in -t epub,pdf -o out --resume");
    assert_eq!(code, 0);
    assert!(err.contains(&format!("{} done, {} unchanged", 400 - done.len(), done.len())), "{err}");
}

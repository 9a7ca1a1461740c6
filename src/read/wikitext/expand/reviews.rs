//! Reviews of a video game: an argument for each publication, by its short name, on several consoles by one for
//! each (`IGN_PS2`).

use super::arguments::{Argument, Arguments};
use super::flat::Flat;
use crate::model::Span;

/// Those that make one score of many, then publications, by their short names.
#[rustfmt::skip]
static AGGREGATORS: [(&str, &str); 4] = [
    ("GR", "GameRankings"), ("MC", "Metacritic"), ("OC", "OpenCritic"), ("MG", "MobyGames"),
];

#[rustfmt::skip]
static PUBLICATIONS: [(&str, &str); 78] = [
    ("1UP", "1Up.com"), ("ACE", "ACE"), ("Adventure", "Adventure Gamers"), ("Allgame", "AllGame"), ("AllGame", "AllGame"), ("CGM", "Computer Games Magazine"),
    ("CGSP", "Computer Games Strategy Plus"), ("CGW", "Computer Gaming World"), ("CVG", "Computer and Video Games"), ("Crash", "Crash"), ("Destruct", "Destructoid"), ("Dragon", "Dragon"),
    ("EGM", "Electronic Gaming Monthly"), ("Edge", "Edge"), ("EuroG", "Eurogamer"), ("FGamer", "Family Gamer"), ("Fam", "Famitsu"), ("GB", "Giant Bomb"),
    ("GI", "Game Informer"), ("GIBiz", "GamesIndustry.biz"), ("GMA", "GamesMaster"), ("GameFan", "GameFan"), ("GamePro", "GamePro"), ("GameRev", "GameRevolution"),
    ("GameZone", "GameZone"), ("GRadar", "GamesRadar+"), ("GSpot", "GameSpot"), ("GSpy", "GameSpy"), ("GT", "GameTrailers"), ("Gamezebo", "Gamezebo"),
    ("Guardian", "The Guardian"), ("HCG", "Hardcore Gamer"), ("Hyper", "Hyper"), ("IGN", "IGN"), ("IGNUK", "IGN UK"), ("JXV", "Jeuxvideo.com"),
    ("Joy", "Joystiq"), ("MacLife", "Mac Life"), ("Macworld", "Macworld"), ("MaxUK", "Maximum PC"), ("NGen", "Next Generation"), ("NGamer", "NGamer"),
    ("NLife", "Nintendo Life"), ("NP", "Nintendo Power"), ("NWR", "Nintendo World Report"), ("NME", "NME"), ("ONM", "Official Nintendo Magazine"), ("OPM", "Official PlayStation Magazine"),
    ("OXM", "Official Xbox Magazine"), ("OXMUK", "Official Xbox Magazine (UK)"), ("OXMUS", "Official Xbox Magazine (US)"), ("PCF", "PC Format"), ("PCGUK", "PC Gamer (UK)"), ("PCGUS", "PC Gamer (US)"),
    ("PCPP", "PC PowerPlay"), ("PCW", "PC World"), ("PCZone", "PC Zone"), ("PG", "Pocket Gamer"), ("PSM", "PSM"), ("Play", "Play"),
    ("Poly", "Polygon"), ("PSOUK", "PlayStation Official Magazine – UK"), ("PUSH", "Push Square"), ("RPS", "Rock Paper Shotgun"), ("RPGFan", "RPGFan"), ("RPGamer", "RPGamer"),
    ("SUser", "Sinclair User"), ("Shack", "Shacknews"), ("SPlay", "Super Play"), ("TA", "TouchArcade"), ("TouchArc", "TouchArcade"), ("USG", "USgamer"),
    ("VG", "VideoGamer.com"), ("VG247", "VG247"), ("VGA", "VideoGamer.com"), ("XPlay", "X-Play"), ("YSinclair", "Your Sinclair"), ("Zzap", "Zzap!64"),
];

/// Most publications that are named in the call, and most awards.
const MOST: usize = 100;

/// A review: who made it, on which console, how it went.
struct Review<'a> {
    name: Name<'a>,
    console: &'a str,
    score: &'a Flat,
}

/// Who made a review.
#[derive(Clone, Copy)]
enum Name<'a> {
    Known(&'static str),
    Given(&'a Argument),
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Name::Known(a), Name::Known(b)) => a == b,
            (Name::Given(a), Name::Given(b)) => a.name == b.name,
            _ => false,
        }
    }
}

/// A table with a row for each publication, and a column for each console if there are several. Returns whether the
/// arguments are such a table at all.
pub fn reviews(arguments: &Arguments, span: Span, out: &mut Flat) -> bool {
    let aggregates = found(arguments, &AGGREGATORS, "agg");
    let single = found(arguments, &PUBLICATIONS, "rev");
    let awards: Vec<(&Argument, &Flat)> = arguments
        .list
        .iter()
        .filter(|a| !a.value.text.trim().is_empty())
        .filter_map(|award| {
            let number = award.name.strip_suffix("Pub")?.strip_prefix("award")?;
            Some((award, number))
        })
        .take(MOST)
        .filter_map(|(award, number)| Some((award, arguments.get(&format!("award{number}"))?)))
        .collect();
    if aggregates.is_empty() && single.is_empty() && awards.is_empty() {
        return false;
    }
    let mut consoles: Vec<&str> = Vec::new();
    for review in aggregates.iter().chain(&single) {
        if !consoles.contains(&review.console) && consoles.len() < 30 {
            consoles.push(review.console);
        }
    }
    // `PS2=true`: that there is a column.
    for console in &consoles {
        arguments.get(console);
    }
    out.push_made("\n{|\n", span);
    if let Some(title) = arguments.get("title").filter(|v| !v.text.trim().is_empty()) {
        out.push_made("|+ ", span);
        out.push_flat(&title.clone().trimmed());
        out.push_made("\n", span);
    }
    for (of, reviews) in [("Aggregator", &aggregates), ("Publication", &single)] {
        if reviews.is_empty() {
            continue;
        }
        out.push_made(&format!("|-\n! {of}"), span);
        for console in &consoles {
            out.push_made(&format!(" !! {}", if console.is_empty() { "Score" } else { console }), span);
        }
        out.push_made("\n", span);
        rows(reviews, &consoles, span, out);
    }
    if !awards.is_empty() {
        let across = consoles.len().max(1);
        out.push_made(&format!("|-\n! Publication\n! colspan=\"{across}\" | Award\n"), span);
        for (by, award) in awards {
            by.show();
            out.push_made("|-\n| ", span);
            out.push_flat(&by.value.clone().trimmed());
            out.push_made(&format!("\n| colspan=\"{across}\" | "), span);
            out.push_flat(&award.clone().trimmed());
            out.push_made("\n", span);
        }
    }
    out.push_made("|}\n", span);
    true
}

fn rows(reviews: &[Review<'_>], consoles: &[&str], span: Span, out: &mut Flat) {
    let mut rest = reviews;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|review| review.name == first.name).count();
        let (row, after) = rest.split_at(same);
        rest = after;
        out.push_made("|-\n| ", span);
        match first.name {
            Name::Known(name) => out.push_made(&format!("''{name}''"), span),
            Name::Given(by) => out.push_flat(&by.value.clone().trimmed()),
        }
        for console in consoles {
            out.push_made("\n| ", span);
            if let Some(review) = row.iter().find(|review| review.console == *console) {
                out.push_flat(&review.score.clone().trimmed());
            }
        }
        out.push_made("\n", span);
    }
}

/// The reviews by these short names, then those that name the publication (`rev1`, `rev1Score`), each publication's
/// beside each other.
fn found<'a>(
    arguments: &'a Arguments,
    names: &'static [(&'static str, &'static str)],
    numbered: &str,
) -> Vec<Review<'a>> {
    let said = || arguments.list.iter().filter(|a| !a.value.text.trim().is_empty());
    let mut known: Vec<(usize, &Argument, &str)> = said()
        .filter_map(|argument| {
            let (short, console) = argument.name.split_once('_').unwrap_or((&argument.name, ""));
            // What isn't text can't be shown a second time.
            if console.contains('\0') {
                return None;
            }
            Some((names.iter().position(|(name, _)| *name == short)?, argument, console))
        })
        .collect();
    known.sort_by_key(|(at, ..)| names[*at].1.to_lowercase());
    let mut out: Vec<Review<'a>> = Vec::new();
    for (at, argument, console) in known {
        argument.show();
        out.push(Review { name: Name::Known(names[at].1), console, score: &argument.value });
    }
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    for by in said().filter(|by| by.name.strip_prefix(numbered).is_some_and(is_number)).take(MOST) {
        for score in said() {
            let Some(rest) = score.name.strip_prefix(by.name.as_str()) else { continue };
            let Some(console) = rest.strip_prefix("Score").or(rest.strip_prefix("score")) else { continue };
            if console.contains('\0') {
                continue;
            }
            by.show();
            score.show();
            let name = Name::Given(by);
            out.push(Review { name, console: console.trim_start_matches('_'), score: &score.value });
        }
    }
    out
}

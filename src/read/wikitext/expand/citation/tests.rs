//! Citations as Wikipedia prints them.

use super::*;

fn shown(call: &str) -> String {
    let mut parts = call.split('|').map(str::trim);
    let name = parts.next().unwrap();
    let list = parts.map(|part| {
        let (name, value) = part.split_once('=').unwrap();
        let mut flat = Flat::default();
        flat.push_made(value.trim(), Span::new(0, 1));
        Argument::new(name.trim().to_owned(), flat, Span::default())
    });
    let mut out = Flat::default();
    write(name, &Arguments { list: list.collect() }, Span::new(0, 1), &mut out);
    out.text.trim_start_matches("<cite>").trim_end_matches("</cite>").to_owned()
}

#[rustfmt::skip]
static CASES: &[(&str, &str)] = &[
    // books
    ("cite book|last=Jacobs|first=Harold R.|title=Mathematics: A Human Endeavor|edition=Third|year=1994|publisher=[[W. H. Freeman]]|page=547|isbn=0-7167-2426-X",
     "Jacobs, Harold R. (1994). <i>Mathematics: A Human Endeavor</i> (Third ed.). [[W. H. Freeman]]. p. 547. ISBN [https://en.wikipedia.org/wiki/Special:BookSources/0-7167-2426-X 0-7167-2426-X]."),
    ("cite book|last1=Bloggs|first1=Joe|last2=Smith|first2=Jane|date=2001|chapter=Chapter 2|editor-last=Doe|editor-first=Ann|title=Big Book|series=Sets|volume=3|location=London|publisher=Press Inc.|pages=4-9|author-link1=Joe Bloggs",
     "[[Joe Bloggs|Bloggs, Joe]]; Smith, Jane (2001). “Chapter 2”. In Doe, Ann (ed.). <i>Big Book</i>. Sets. Vol. 3. London: Press Inc. pp. 4–9."),
    ("cite book|editor1=A. One|editor2=B. Two|title=Essays|year=1999", "A. One; B. Two (eds.) (1999). <i>Essays</i>."),
    ("cite book|title=Anonymous|date=1900|trans-title=Nameless|language=de", "<i>Anonymous</i> [Nameless] (in German). 1900."),
    // the web
    ("cite web|url=http://x.org|title=A page|publisher=Org|accessdate=2012-01-01|date=5 May 2010",
     "“[http://x.org A page]”. Org. 5 May 2010. Retrieved 2012-01-01."),
    ("cite web|last=Bo|date=2010|url=http://x.org/a|title=T|website=Site|archive-url=http://a.org/x|archive-date=3 May 2011|url-status=dead",
     "Bo (2010). “[http://a.org/x T]”. <i>Site</i>. Archived from [http://x.org/a the original] on 3 May 2011."),
    ("cite web|url=http://x.org/a|title=T|archive-url=http://a.org/x|archive-date=3 May 2011|url-status=live",
     "“[http://x.org/a T]”. [http://a.org/x Archived] from the original on 3 May 2011."),
    // periodicals
    ("cite journal|last=Ash|first=B.|year=1990|title=On x|journal=Nature|volume=12|issue=3|pages=45-67|doi=10.1000/1|pmid=123",
     "Ash, B. (1990). “On x”. <i>Nature</i>. <b>12</b> (3): 45–67. doi:[https://doi.org/10.1000/1 10.1000/1]. PMID [https://pubmed.ncbi.nlm.nih.gov/123 123]."),
    ("cite magazine|title=Q|magazine=Time|volume=5|issue=2|date=June 1980|page=7", "“Q”. <i>Time</i>. Vol. 5, no. 2. June 1980. p. 7."),
    ("cite news|last=Ray|title=Fire|newspaper=The Times|location=London|date=1 May 1999|page=3|url=http://t.uk|access-date=2 May 2000|via=Archive",
     "Ray (1 May 1999). “[http://t.uk Fire]”. <i>The Times</i>. London. p. 3. Retrieved 2 May 2000 – via Archive."),
    ("citation|last=Ray|title=Fire|year=1999|publisher=Press|page=3", "Ray (1999), <i>Fire</i>, Press, p. 3"),
    ("citation|last=Ray|title=Fire|journal=J|volume=2|year=1999", "Ray (1999), “Fire”, <i>J</i>, <b>2</b>"),
    // others
    ("cite encyclopedia|last=Ray|year=1999|title=Fire|encyclopedia=Britannica|edition=2nd|publisher=EB", "Ray (1999). “Fire”. <i>Britannica</i> (2nd ed.). EB."),
    ("cite conference|last=Ray|title=Fire|book-title=Proceedings|year=2000|pages=1-2", "Ray (2000). “Fire”. <i>Proceedings</i>. pp. 1–2."),
    ("cite thesis|last=Ray|title=Fire|degree=PhD|year=2000|publisher=MIT", "Ray (2000). <i>Fire</i> (PhD thesis). MIT."),
    ("cite press release|title=News|publisher=Org|date=2001", "“News” (Press release). Org. 2001."),
    ("cite arXiv|last=Ray|year=2000|title=Fire|eprint=0001.0002", "Ray (2000). “Fire”. arXiv:[https://arxiv.org/abs/0001.0002 0001.0002]."),
    // other languages
    ("Literatur|Autor=Karl Alt|Titel=Das Buch|Verlag=Haus|Ort=Berlin|Jahr=1990|Auflage=2|Seiten=5-9|ISBN=3-16-148410-0",
     "Karl Alt: <i>Das Buch</i>. 2. Auflage, Haus, Berlin 1990, ISBN [https://en.wikipedia.org/wiki/Special:BookSources/3-16-148410-0 3-16-148410-0], S. 5–9."),
    ("Internetquelle|url=http://x.de|titel=Seite|werk=Blatt|datum=2010-05-05|abruf=2012-01-01",
     "<i>[http://x.de Seite]</i>. In: <i>Blatt</i>. 5. Mai 2010, abgerufen am 1. Januar 2012."),
    ("lien web|url=http://x.fr|titre=Page|site=Le Site|date=1 mai 2010|consulté le=2012-01-01",
     "« [http://x.fr Page] », sur <i>Le Site</i>, 1 mai 2010 (consulté le 1<sup>er</sup> janvier 2012)."),
    ("ouvrage|prénom=Jean|nom=Roi|titre=Le Livre|lieu=Paris|éditeur=Seuil|année=1980|passage=12",
     "Jean Roi, <i>Le Livre</i>, Paris, Seuil, 1980, p. 12."),
    ("cytuj stronę|url=http://x.pl|tytuł=Strona|opublikowany=Gazeta|data dostępu=2012-01-01", "“[http://x.pl Strona]”. <i>Gazeta</i>. [dostęp 2012-01-01]."),
];

#[test]
fn citations_are_those_of_wikipedia() {
    let wrong: Vec<String> = CASES
        .iter()
        .map(|(call, right)| (call, shown(call), right))
        .filter(|(_, text, right)| text != *right)
        .map(|(call, text, right)| format!("{call}\n  {text}\n  {right}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_citation_of_nothing_is_nothing() {
    assert_eq!(shown("cite web|foo=bar"), "");
}

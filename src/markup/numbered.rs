//! Numbers before the lines of code, by the ways in which sources ask for them.

/// Whether a class asks for them: pandoc's, its older form, Prism's.
pub(crate) fn asks(class: &str) -> bool {
    ["numberLines", "number-lines", "line-numbers"].contains(&class)
}

/// Whether an attribute says the number of the first line: pandoc's in its sources and in its HTML, Prism's.
pub(crate) fn starts(name: &str) -> bool {
    ["startFrom", "start-from", "data-startfrom", "data-start"].contains(&name)
}

/// Takes what asks for numbers out of classes and attributes: the number of the first line.
pub(crate) fn take(classes: &mut Vec<String>, values: &mut Vec<(String, String)>) -> Option<u32> {
    let (before, mut first) = (classes.len(), None);
    classes.retain(|class| !asks(class));
    let mut asked = classes.len() < before;
    // Of Material for MkDocs.
    values.retain(|(name, value)| {
        let own = name == "linenums";
        if own {
            (asked, first) = (true, value.parse().ok());
        }
        !own
    });
    if !asked {
        return None;
    }
    values.retain(|(name, value)| {
        if starts(name) {
            first = value.parse().ok();
        }
        !starts(name)
    });
    Some(first.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_ask_in_many_ways() {
        let of = |classes: &[&str], values: &[(&str, &str)]| {
            let mut classes = classes.iter().map(|c| (*c).to_owned()).collect();
            let mut values = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            (take(&mut classes, &mut values), classes.len() + values.len())
        };
        assert_eq!(of(&["numberLines"], &[("startFrom", "10")]), (Some(10), 0));
        assert_eq!(of(&["number-lines", "x"], &[]), (Some(1), 1));
        assert_eq!(of(&["line-numbers"], &[("data-start", "7")]), (Some(7), 0));
        assert_eq!(of(&[], &[("linenums", "3")]), (Some(3), 0));
        assert_eq!(of(&["numberLines"], &[("startFrom", "-4")]), (Some(1), 0));
        assert_eq!(of(&["x"], &[("startFrom", "10")]), (None, 2));
    }
}

//! What the structure tree says beside its elements: parts of tables, the parent tree.

use super::*;

#[test]
fn a_table_of_heads_alone_has_a_body() {
    let mut draft = Draft::new();
    let table = draft.structure().add(Some(ROOT), Role::Table);
    let head = draft.structure().add(Some(table), Role::TableHead);
    let row = draft.structure().add(Some(head), Role::TableRow);
    draft.text(row, Role::TableHeader { scope: Scope::Column, col_span: 1, row_span: 1 }, "a");
    assert_eq!(faults(&draft.bytes(), "ua1"), Vec::<String>::new());
}

#[test]
fn a_row_that_cells_from_above_cover_is_a_row() {
    let mut draft = Draft::new();
    let table = draft.structure().add(Some(ROOT), Role::Table);
    let tall = draft.structure().add(Some(table), Role::TableRow);
    draft.text(tall, Role::TableData { col_span: 2, row_span: 2 }, "a");
    draft.structure().add(Some(table), Role::TableRow);
    let last = draft.structure().add(Some(table), Role::TableRow);
    for word in ["b", "c"] {
        draft.text(last, Role::TableData { col_span: 1, row_span: 1 }, word);
    }
    assert_eq!(faults(&draft.bytes(), "ua1"), Vec::<String>::new());
}

/// Marked content that the structure tree has and the parent tree gives to another element, and the
/// other way round.
fn strays(file: &lopdf::Document) -> Vec<String> {
    let dict = |object: &Object| match object {
        Object::Reference(id) => file.get_dictionary(*id).unwrap().clone(),
        other => other.as_dict().unwrap().clone(),
    };
    let root = dict(file.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let tree = dict(root.get(b"ParentTree").unwrap());
    let numbers = tree.get(b"Nums").unwrap().as_array().unwrap().clone();
    let parents: Vec<Object> = numbers.chunks(2).map(|pair| pair[1].clone()).collect();
    let mut strays = Vec::new();
    let mut told = 0;
    for (&id, object) in &file.objects {
        let Ok(element) = object.as_dict() else { continue };
        if !element.has(b"S") || !element.has(b"P") {
            continue;
        }
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => continue,
        };
        for kid in kids {
            let (page, mark) = match &kid {
                Object::Integer(mark) => (element.get(b"Pg").unwrap().clone(), *mark),
                Object::Dictionary(d) if d.has_type(b"MCR") => {
                    (d.get(b"Pg").unwrap().clone(), d.get(b"MCID").unwrap().as_i64().unwrap())
                }
                _ => continue,
            };
            let key = dict(&page).get(b"StructParents").unwrap().as_i64().unwrap();
            told += 1;
            let parent = &parents[key as usize].as_array().unwrap()[mark as usize];
            if *parent != Object::Reference(id) {
                strays.push(format!("{page:?} {mark}: {parent:?}, not {id:?}"));
            }
        }
    }
    let listed: usize = parents.iter().filter_map(|p| p.as_array().ok()).map(Vec::len).sum();
    if told != listed {
        strays.push(format!("{listed} in the parent tree, {told} in the elements"));
    }
    strays
}

#[test]
fn the_parent_tree_leads_back() {
    let clean = everything().write(&everything().pdf(), &illustrated()).0;
    assert_eq!(strays(&load(&clean)), Vec::<String>::new());
    let broken = spoil(|d| {
        let Ok(Object::Array(numbers)) = d.get_mut(b"Nums") else { return false };
        let Some(marks) = numbers.iter_mut().find_map(|n| n.as_array_mut().ok()) else { return false };
        marks.swap(0, 1);
        true
    });
    assert_eq!(strays(&load(&broken)).len(), 2);
}

#[test]
fn a_formula_is_elements_of_mathml_in_pdf_2() {
    let mut document = document();
    let formula = InlineKind::Math(crate::model::Formula::tex("\\frac{x}{2}+\\sqrt{y}"));
    let content = vec![Node::new(formula, Span::default())];
    document.articles[0].blocks =
        vec![Node::new(crate::model::BlockKind::Paragraph { content }, Span::default())];
    let written = |standards: &str| {
        let pdf = Pdf { standards: standards.parse().unwrap(), ..Pdf::default() };
        let (limits, mut sink, mut out) = (Limits::default(), Vec::new(), Vec::new());
        pdf.write(&document, &mut out, &mut WriteContext::new("sample.txt", &limits, &mut sink)).unwrap();
        load(&out)
    };
    // The types of elements with how many pieces of content each has.
    let elements = |file: &lopdf::Document| {
        let mut all = Vec::new();
        for object in file.objects.values() {
            let Ok(element) = object.as_dict() else { continue };
            let (Ok(name), true) = (element.get(b"S").and_then(Object::as_name), element.has(b"P")) else {
                continue;
            };
            let kids = element.get(b"K").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
            let own = kids.iter().filter(|kid| kid.as_dict().is_ok_and(|kid| kid.has_type(b"MCR"))).count();
            all.push((String::from_utf8_lossy(name).into_owned(), own));
        }
        all
    };
    let file = written("ua-2,a-4");
    assert_eq!(strays(&file), Vec::<String>::new());
    let found = elements(&file);
    for (name, own) in
        [("math", 0), ("mfrac", 0), ("msqrt", 0), ("mi", 1), ("mn", 1), ("mo", 1), ("Formula", 0)]
    {
        assert!(found.contains(&(name.to_owned(), own)), "{name}: {found:?}");
    }
    assert!(!elements(&written("ua-1,a-2a")).iter().any(|(name, _)| name == "math"));
}

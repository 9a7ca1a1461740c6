// Mends what Chromium lays out otherwise than MathML Core says, or than we do as TeX does, before the page is printed.
// FACE has of characters how far they lean over what follows ("leans"), and of those that grow upwards the height,
// the width and the lean of each form ("forms"), in em.

const em = (element) => parseFloat(getComputedStyle(element).fontSize);
const displayed = (element) => getComputedStyle(element).getPropertyValue('math-style') === 'normal';
const largeOperators = '∑∏∐∫∬∭⨌∮∯∰∱∲∳⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆';

/** The token that a base is, or ends with. */
function token(base) {
  while (['mrow', 'mstyle', 'mpadded'].includes(base.localName) && base.lastElementChild) base = base.lastElementChild;
  return base.childElementCount === 0 ? base : null;
}

/** A letter as the italic one that stands for a name of one letter. */
function italic(letter) {
  const code = letter.codePointAt(0);
  const others = { h: 'ℎ', '∂': '𝜕', 'ϵ': '𝜖', 'ϑ': '𝜗', 'ϰ': '𝜘', 'ϕ': '𝜙', 'ϱ': '𝜚', 'ϖ': '𝜛', 'ı': '𝚤', 'ȷ': '𝚥' };
  if (others[letter]) return others[letter];
  if (/[A-Z]/.test(letter)) return String.fromCodePoint(0x1d434 + code - 0x41);
  if (/[a-z]/.test(letter)) return String.fromCodePoint(0x1d44e + code - 0x61);
  if (/[Α-Ω]/.test(letter)) return String.fromCodePoint(0x1d6e2 + code - 0x391);
  if (/[α-ω]/.test(letter)) return String.fromCodePoint(0x1d6fc + code - 0x3b1);
  return letter;
}

// Of a name of one letter the ink is measured as if it stood upright; the italic letter itself is measured rightly.
for (const mi of document.querySelectorAll('mi:not([mathvariant])')) {
  if ([...mi.textContent].length === 1) mi.textContent = italic(mi.textContent);
}

document.fonts.ready.then(() => {
  // A sign that grows is as wide as the form that it has grown to, not as the widest there is (3.2.4.3).
  const widths = [...document.querySelectorAll('mo')].map((mo) => {
    const forms = FACE.forms[mo.textContent];
    if (!forms || mo.getAttribute('stretchy') === 'false') return null;
    const box = mo.getBoundingClientRect();
    const height = box.height / em(mo);
    const form = forms.variants.find(([tall]) => Math.abs(tall - height) < 0.03);
    const width = form ? form[1] : forms.assembly;
    return width === null ? null : [mo, width - box.width / em(mo)];
  });
  for (const entry of widths) {
    if (!entry || Math.abs(entry[1]) < 0.005) continue;
    const [mo, more] = entry;
    const before = parseFloat(getComputedStyle(mo).marginLeft) / em(mo);
    mo.style.marginLeft = `${before + more / 2}em`;
    mo.style.marginRight = `${more / 2}em`;
  }

  // So is the sign of a root (3.3.3.2).
  const roots = [...document.querySelectorAll('msqrt, mroot')].map((root) => {
    const end = root.localName === 'mroot' ? root.firstElementChild : root.lastElementChild;
    return [root, root.getBoundingClientRect().right - end.getBoundingClientRect().right];
  });
  for (const [root, more] of roots) root.style.marginRight = `${-more}px`;

  // White beside an arrow is beside all that belongs to it (3.2.4.3), not within.
  for (const mo of document.querySelectorAll('munder > mo:first-child, mover > mo:first-child, munderover > mo:first-child')) {
    if (!/[←-⇿]/.test(mo.textContent)) continue;
    const white = (name) => parseFloat(mo.getAttribute(name) ?? '0.278');
    mo.parentElement.style.marginLeft = `${white('lspace')}em`;
    mo.parentElement.style.marginRight = `${white('rspace')}em`;
    mo.setAttribute('lspace', '0');
    mo.setAttribute('rspace', '0');
  }

  // Here we depart from MathML Core, which has accents take room: in TeX they stand over the edges of narrow letters.
  const accents = [...document.querySelectorAll('mover[accent] > mo:last-child, munder[accentunder] > mo:last-child')]
    .filter((mo) => !'→←↔⇒⏞⏜⎴⏟⏝⎵‾_'.includes(mo.textContent) || mo.getAttribute('stretchy') === 'false')
    .map((mo) => {
      const base = mo.parentElement.firstElementChild.getBoundingClientRect().width;
      return [mo, mo.getBoundingClientRect().width - base];
    });
  for (const [mo, more] of accents) {
    if (more > 0) mo.style.marginLeft = mo.style.marginRight = `${-more / 2}px`;
  }

  // Here too: braces and arrows stand clear of what they belong to, by the face's OverbarVerticalGap.
  for (const mo of document.querySelectorAll('mover[accent] > mo:last-child, munder[accentunder] > mo:last-child')) {
    if (!'→←↔⇒⏞⏜⎴⏟⏝⎵'.includes(mo.textContent) || mo.getAttribute('stretchy') === 'false') continue;
    mo.style[mo.parentElement.localName === 'mover' ? 'paddingBottom' : 'paddingTop'] = '0.12em';
  }

  // Here too: what follows a letter clears what leans over it.
  for (const part of document.querySelectorAll('mrow > mi, mrow > mover[accent], mrow > munder[accentunder]')) {
    const letter = part.localName === 'mi' ? part : part.firstElementChild;
    if (part.parentElement.childElementCount < 2 || letter?.localName !== 'mi') continue;
    const lean = FACE.leans[[...letter.textContent].at(-1)] ?? 0;
    part.style.marginRight = `${lean * em(part)}px`;
  }

  for (const scripts of document.querySelectorAll('msub, msup, msubsup')) {
    const base = token(scripts.children[0]);
    if (!base) continue;
    const sub = scripts.localName === 'msup' ? null : scripts.children[1];
    const sup = scripts.localName === 'msub' ? null : scripts.children[scripts.childElementCount - 1];
    if (base.localName === 'mo' && largeOperators.includes(base.textContent)) {
      const forms = FACE.forms[base.textContent];
      const large = displayed(base) && forms;
      const lean = large ? forms.variants.at(-1)[2] : FACE.leans[base.textContent] ?? 0;
      // The lowered script is set back under a large sign that leans (3.4.1.2), in running text too, and the whole is
      // narrower by that.
      if (sub && large) sub.style.marginRight = `${-lean * em(base)}px`;
      if (sub && !large) sub.style.marginLeft = `${-lean * em(base)}px`;
    } else if (sup) {
      // The raised script clears what leans over it (3.4.1.3).
      sup.style.marginLeft = `${(FACE.leans[[...base.textContent].at(-1)] ?? 0) * em(base)}px`;
    }
  }
});

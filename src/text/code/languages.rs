//! What the words of languages are.

use super::kind::Kind;

/// A language.
pub(super) struct Language {
    /// Its names, in lower case.
    pub names: &'static [&'static str],
    /// How it is made.
    pub form: Form,
    /// Its own words, parted by spaces, as those of the next two.
    pub keywords: &'static str,
    /// Types that it knows.
    pub types: &'static str,
    /// Values that have a name.
    pub names_of_values: &'static str,
    /// Its words mean the same in capitals.
    pub any_case: bool,
    /// A word with a capital is a name.
    pub capitals: bool,
    /// What may stand in words beside letters, digits and `_`.
    pub in_words: &'static str,
    /// What begins a comment to the end of the line.
    pub comments: &'static [&'static str],
    /// It does so only after white space.
    pub comments_apart: bool,
    /// What begins and ends other comments.
    pub block_comment: Option<(&'static str, &'static str)>,
    /// Those may have others in them.
    pub nests: bool,
    /// What texts stand between; a longer mark before a shorter one.
    pub quotes: &'static [Quote],
    /// Texts such as `r#"…"#`.
    pub raw_strings: bool,
    /// An apostrophe may begin a name.
    pub lifetimes: bool,
    /// What stands before a word and makes it something.
    pub sigils: &'static [(char, Kind)],
    /// What its keys are.
    pub keys: Keys,
}

/// How a language is made.
#[derive(PartialEq)]
pub(super) enum Form {
    Words,
    Markup,
    Diff,
}

/// What the keys of a language are.
#[derive(PartialEq)]
pub(super) enum Keys {
    None,
    /// Texts before a colon.
    Strings,
    /// What stands at the start of a line before a character.
    Lines(char),
    /// Words before a colon, after a brace or semicolon.
    Properties,
}

/// The marks of a text.
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// A backslash takes the next character its meaning.
    pub escapes: bool,
    /// It may go over lines.
    pub lines: bool,
}

const fn quote(mark: &'static str, escapes: bool, lines: bool) -> Quote {
    Quote { open: mark, close: mark, escapes, lines }
}

const BOTH: &[Quote] = &[quote("\"", true, false), quote("'", true, false)];
const OVER_LINES: &[Quote] = &[quote("\"", true, true), quote("'", false, true)];
const DOUBLE: &[Quote] = &[quote("\"", true, true)];
const AND_BACKTICKS: &[Quote] = &[quote("\"", true, false), quote("'", true, false), quote("`", true, true)];
const TRIPLE: &[Quote] = &[
    quote("\"\"\"", true, true),
    quote("'''", true, true),
    quote("\"", true, false),
    quote("'", true, false),
];

const NONE: Language = Language {
    names: &[],
    form: Form::Words,
    keywords: "",
    types: "",
    names_of_values: "",
    any_case: false,
    capitals: false,
    in_words: "",
    comments: &[],
    comments_apart: false,
    block_comment: None,
    nests: false,
    quotes: BOTH,
    raw_strings: false,
    lifetimes: false,
    sigils: &[],
    keys: Keys::None,
};

/// With the comments of C.
const C: Language = Language {
    comments: &["//"],
    block_comment: Some(("/*", "*/")),
    names_of_values: "true false null",
    ..NONE
};

/// With the comments of shells.
const SHELL: Language = Language {
    comments: &["#"],
    comments_apart: true,
    quotes: OVER_LINES,
    sigils: &[('$', Kind::Name)],
    ..NONE
};

/// The language of a name.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    let name = name.split([' ', ',', '{']).next().unwrap_or_default();
    if name.len() > 20 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    ALL.iter().find(|language| language.names.contains(&&*name))
}

/// All of them.
pub(super) const ALL: &[Language] = &[
    Language {
        names: &["rust", "rs"],
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait type union unsafe use where while yield macro_rules",
        types: "Self bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        names_of_values: "true false",
        capitals: true,
        nests: true,
        raw_strings: true,
        lifetimes: true,
        quotes: &[quote("\"", true, true), quote("'", true, false)],
        sigils: &[('\'', Kind::Name)],
        ..C
    },
    Language {
        names: &[
            "c",
            "h",
            "cpp",
            "c++",
            "cc",
            "cxx",
            "hpp",
            "arduino",
            "cuda",
            "glsl",
            "objective-c",
            "objectivec",
            "objc",
            "m",
        ],
        keywords: "alignas alignof asm auto break case catch class co_await co_return co_yield concept const const_cast constexpr continue decltype default delete do dynamic_cast else enum explicit export extern for friend goto if inline mutable namespace new noexcept operator private protected public register reinterpret_cast requires restrict return sizeof static static_assert static_cast struct switch template this throw try typedef typeid typename union using virtual volatile while",
        types: "bool char char8_t char16_t char32_t double float int int8_t int16_t int32_t int64_t intptr_t long ptrdiff_t short signed size_t ssize_t string uint8_t uint16_t uint32_t uint64_t uintptr_t unsigned void wchar_t",
        names_of_values: "true false NULL nullptr",
        sigils: &[('#', Kind::Keyword), ('@', Kind::Keyword)],
        ..C
    },
    Language {
        names: &["java", "kotlin", "kt", "kts", "scala", "groovy", "gradle"],
        keywords: "abstract actual as assert break by case catch class companion const constructor continue data def default do else enum expect extends final finally for fun given if implements implicit import in infix inline inner instanceof interface internal is lateinit lazy match module native new object open operator out override package permits private protected public record return sealed static strictfp super suspend switch synchronized then this throw throws trait transient try type typealias val var vararg volatile when where while with yield",
        types: "boolean byte char double float int long short void",
        capitals: true,
        quotes: &[quote("\"\"\"", false, true), quote("\"", true, false), quote("'", true, false)],
        sigils: &[('@', Kind::Name)],
        ..C
    },
    Language {
        names: &["csharp", "c#", "cs", "fsharp", "f#", "fs"],
        keywords: "abstract and as async await base begin break case catch checked class const continue default delegate do elif else end enum event explicit extern finally fixed for foreach fun function get goto if implicit in init inherit interface internal is let lock match member module mutable namespace new of open operator or out override params partial private protected public readonly rec record ref return sealed set sizeof stackalloc static struct switch then this throw try type typeof unchecked unsafe using val var virtual volatile when where while with yield",
        types: "bool byte char decimal double dynamic float int long object sbyte short string uint ulong unit ushort void",
        capitals: true,
        ..C
    },
    Language {
        names: &["javascript", "js", "jsx", "mjs", "cjs", "typescript", "ts", "tsx", "node"],
        keywords: "abstract as async await break case catch class const continue debugger declare default delete do else enum export extends finally for from function get if implements import in infer instanceof interface is keyof let module namespace new of private protected public readonly return satisfies set static super switch this throw try type typeof var void while with yield",
        types: "any bigint boolean never number object string symbol unknown",
        names_of_values: "true false null undefined NaN Infinity",
        in_words: "$",
        capitals: true,
        quotes: AND_BACKTICKS,
        sigils: &[('@', Kind::Name)],
        ..C
    },
    Language {
        names: &["go", "golang"],
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var",
        types: "any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
        names_of_values: "true false nil iota",
        quotes: &[quote("\"", true, false), quote("'", true, false), quote("`", false, true)],
        ..C
    },
    Language {
        names: &["swift"],
        keywords: "actor as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough fileprivate for func guard if import in indirect init inout internal is lazy let mutating open operator override private protocol public repeat rethrows return self some static struct subscript super switch throw throws try typealias unowned var weak where while",
        names_of_values: "true false nil",
        capitals: true,
        nests: true,
        quotes: TRIPLE,
        sigils: &[('@', Kind::Name), ('#', Kind::Keyword)],
        ..C
    },
    Language {
        names: &["dart", "zig", "solidity", "v", "d", "proto", "protobuf", "thrift"],
        keywords: "abstract and as assert async await break case catch class comptime const continue contract covariant default defer do dynamic else emit enum error event export extends extension external factory final finally fn for function get if implements import in inline interface is late library map mapping message mixin modifier mut new operator or orelse package part payable private pub public repeated required reserved optional oneof rpc returns return rethrow service set static struct super switch syntax test this throw try type typedef union usingnamespace var view virtual void while with yield",
        types: "address bool bytes bytes32 double f32 f64 fixed32 fixed64 float i8 i16 i32 i64 int int32 int64 isize num sint32 sint64 string u8 u16 u32 u64 uint uint256 uint32 uint64 usize",
        capitals: true,
        sigils: &[('@', Kind::Name)],
        ..C
    },
    Language {
        names: &["php"],
        keywords: "abstract and array as break callable case catch class clone const continue declare default do echo else elseif empty enum extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly require require_once return static switch throw trait try unset use var while xor yield",
        types: "bool float int iterable mixed never object self string void",
        any_case: true,
        comments: &["//", "#"],
        quotes: OVER_LINES,
        sigils: &[('$', Kind::Name)],
        ..C
    },
    Language {
        names: &["css", "scss", "sass", "less"],
        in_words: "-",
        keys: Keys::Properties,
        comments: &["//"],
        sigils: &[('@', Kind::Keyword), ('#', Kind::Number), ('$', Kind::Name)],
        ..C
    },
    Language {
        names: &["json", "jsonc", "json5", "jsonl", "geojson"],
        quotes: BOTH,
        keys: Keys::Strings,
        ..C
    },
    Language {
        names: &["python", "py", "python3", "pycon", "starlark", "cython", "gdscript"],
        keywords: "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
        types: "bool bytes complex dict float frozenset int list object set str tuple type",
        names_of_values: "True False None self cls Ellipsis NotImplemented",
        comments: &["#"],
        quotes: TRIPLE,
        sigils: &[('@', Kind::Name)],
        ..NONE
    },
    Language {
        names: &["ruby", "rb", "crystal", "elixir", "ex", "exs"],
        keywords: "after alias and begin break case catch class cond def defimpl defmacro defmodule defp defprotocol defstruct do else elsif end ensure extend fn for if import in include loop module next not or prepend private protected public quote raise receive redo require rescue retry return self super then try undef unless unquote until use when while with yield",
        names_of_values: "true false nil",
        capitals: true,
        in_words: "?!",
        comments: &["#"],
        quotes: TRIPLE,
        sigils: &[('@', Kind::Name), ('$', Kind::Name), (':', Kind::Name)],
        ..NONE
    },
    Language {
        names: &["bash", "sh", "shell", "zsh", "ksh", "fish"],
        keywords: "alias break case cd continue declare do done echo elif else end esac eval exec exit export fi for function if in local printf read readonly return select set shift source test then time trap unset until while",
        ..SHELL
    },
    Language {
        names: &["dockerfile", "docker", "containerfile"],
        keywords: "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume workdir",
        any_case: true,
        ..SHELL
    },
    Language {
        names: &["makefile", "make", "cmake", "just"],
        keywords: "add_executable add_library cmake_minimum_required define else elseif endef endforeach endfunction endif endmacro export find_package foreach function if ifdef ifeq ifndef ifneq include install macro override project set target_include_directories target_link_libraries unexport",
        sigils: &[('$', Kind::Name)],
        ..SHELL
    },
    Language {
        names: &["powershell", "ps1", "pwsh"],
        keywords: "begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach function if in param process return switch throw trap try until using while",
        any_case: true,
        in_words: "-",
        block_comment: Some(("<#", "#>")),
        ..SHELL
    },
    Language {
        names: &["perl", "pl", "raku"],
        keywords: "and cmp continue die do each else elsif eq for foreach ge given gt if keys last le local lt my ne next no not or our package print push redo require return say shift sub undef unless until use when while x xor",
        sigils: &[('$', Kind::Name), ('@', Kind::Name), ('%', Kind::Name)],
        ..SHELL
    },
    Language {
        names: &["r", "julia", "jl"],
        keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function global if import in let local macro module mutable next primitive quote repeat return struct try type using where while",
        names_of_values: "TRUE FALSE NULL NA NaN Inf true false nothing missing",
        comments: &["#"],
        in_words: "!",
        quotes: TRIPLE,
        sigils: &[('@', Kind::Name)],
        ..NONE
    },
    Language {
        names: &["yaml", "yml", "cff"],
        names_of_values: "true false null yes no on off",
        in_words: "-",
        keys: Keys::Lines(':'),
        sigils: &[('&', Kind::Keyword), ('*', Kind::Keyword), ('!', Kind::Keyword)],
        ..SHELL
    },
    Language {
        names: &["toml", "ini", "cfg", "conf", "dotenv", "properties", "editorconfig", "systemd", "desktop"],
        names_of_values: "true false",
        comments: &["#", ";"],
        in_words: "-",
        quotes: TRIPLE,
        sigils: &[],
        keys: Keys::Lines('='),
        ..SHELL
    },
    Language {
        names: &["terraform", "hcl", "tf", "nix", "nginx"],
        keywords: "assert count data dynamic else for for_each http if import in inherit let listen locals location module output provider rec resource server terraform then upstream variable with",
        names_of_values: "true false null",
        comments: &["#", "//"],
        in_words: "-",
        ..SHELL
    },
    Language {
        names: &["sql", "mysql", "postgresql", "postgres", "plsql", "sqlite", "tsql"],
        keywords: "add all alter analyze and as asc between begin by cascade case check column commit constraint create cross database declare default delete desc distinct drop each else elsif end except exec execute exists explain fetch for foreign from full function grant group having if in index inner insert intersect into is join key language lateral left like limit loop materialized natural not of offset on or order outer over partition primary procedure recursive references replace return returning returns revoke right rollback row rows schema select sequence set start table temporary then to transaction trigger truncate union unique update using values view when where while window with",
        types: "bigint bit blob boolean bytea char clob date datetime decimal double float int integer interval json jsonb money numeric real serial smallint text time timestamp timestamptz tinyint uuid varchar",
        names_of_values: "true false null",
        any_case: true,
        comments: &["--"],
        block_comment: Some(("/*", "*/")),
        quotes: &[quote("'", false, true), quote("\"", false, true)],
        ..NONE
    },
    Language {
        names: &["lua", "luau"],
        keywords: "and break do else elseif end for function goto if in local not or repeat return then until while",
        names_of_values: "true false nil",
        comments: &["--"],
        block_comment: Some(("--[[", "]]")),
        ..NONE
    },
    Language {
        names: &["haskell", "hs", "elm", "purescript", "idris", "agda"],
        keywords: "as case class data default deriving do else export family forall foreign hiding if import in infix infixl infixr instance let mdo module newtype of port proc qualified rec then type where",
        capitals: true,
        in_words: "'",
        comments: &["--"],
        block_comment: Some(("{-", "-}")),
        nests: true,
        lifetimes: true,
        ..NONE
    },
    Language {
        names: &["ocaml", "ml", "sml", "reason", "coq"],
        keywords: "and as assert begin class constraint do done downto else end exception external for fun function functor if in include inherit initializer lazy let match method module mutable new nonrec object of open or private rec sig struct then to try type val virtual when while with",
        names_of_values: "true false",
        capitals: true,
        in_words: "'",
        block_comment: Some(("(*", "*)")),
        nests: true,
        lifetimes: true,
        ..NONE
    },
    Language {
        names: &["erlang", "erl", "prolog", "matlab", "octave"],
        keywords: "after begin break case catch classdef continue else elseif end endfunction for fun function global if methods module of otherwise parfor persistent properties receive return switch try until when while",
        names_of_values: "true false",
        comments: &["%"],
        in_words: "'",
        ..NONE
    },
    Language {
        names: &[
            "lisp",
            "elisp",
            "emacs-lisp",
            "common-lisp",
            "scheme",
            "racket",
            "clojure",
            "clj",
            "edn",
            "fennel",
        ],
        keywords: "and begin case cond def defclass defmacro defmethod defn defparameter defstruct defun defvar define define-syntax do dolist dotimes else fn if import in-ns lambda let let* letrec loop module not ns or progn provide quote recur require set! setf setq unless use when while",
        names_of_values: "nil t true false",
        in_words: "-*!?<>=/+",
        comments: &[";"],
        block_comment: Some(("#|", "|#")),
        quotes: DOUBLE,
        sigils: &[(':', Kind::Name)],
        ..NONE
    },
    Language {
        names: &["pascal", "delphi", "ada", "vhdl", "fortran", "f90", "basic", "vb", "vbnet", "vba"],
        keywords: "abs and architecture array as begin byref byval call case class component const constructor contains declare destructor dim do downto each else elseif elsif end entity exit finally for function generic goto if implementation implicit in inherited integer interface intent is let library loop mod module next none not of on or others out package parameter port private procedure process program property protected public raise record repeat result return select set signal sub subroutine subtype then to try type unit until use uses var variable when where while with xor",
        types: "boolean byte character double integer logical long natural positive precision real string std_logic std_logic_vector",
        names_of_values: "true false nil nothing null",
        any_case: true,
        comments: &["//", "--", "!"],
        block_comment: Some(("(*", "*)")),
        quotes: &[quote("'", false, false), quote("\"", false, false)],
        ..NONE
    },
    Language {
        names: &["asm", "assembly", "nasm", "x86asm", "armasm", "llvm"],
        comments: &[";", "//", "#"],
        any_case: true,
        keywords: "add and bl call cmp db dd define div dq dw equ global extern fadd imul inc dec int ja jb je jg jl jmp jne jnz jz ldr lea load mov mul neg nop not or pop push ret section shl shr store str sub syscall test xor",
        sigils: &[('%', Kind::Name), ('@', Kind::Name), ('.', Kind::Keyword)],
        ..NONE
    },
    Language {
        names: &["tex", "latex", "bibtex", "bib"],
        comments: &["%"],
        quotes: &[],
        sigils: &[('\\', Kind::Keyword), ('@', Kind::Keyword)],
        ..NONE
    },
    Language {
        names: &["html", "xml", "svg", "xhtml", "xsl", "xslt", "vue", "svelte", "mathml", "rss", "opf"],
        form: Form::Markup,
        ..NONE
    },
    Language { names: &["diff", "patch"], form: Form::Diff, ..NONE },
    Language {
        names: &["graphql", "gql"],
        keywords: "directive enum extend fragment implements input interface mutation on query scalar schema subscription type union",
        names_of_values: "true false null",
        capitals: true,
        comments: &["#"],
        quotes: TRIPLE,
        sigils: &[('$', Kind::Name), ('@', Kind::Name)],
        ..NONE
    },
    Language {
        names: &["nim"],
        keywords: "and as asm block break case cast const continue converter defer discard distinct div do elif else end enum except export finally for from func if import in include interface is iterator let macro method mixin mod nil not object of or out proc ptr raise ref return shl shr static template try tuple type using var when while xor yield",
        names_of_values: "true false nil",
        capitals: true,
        comments: &["#"],
        quotes: TRIPLE,
        ..NONE
    },
];

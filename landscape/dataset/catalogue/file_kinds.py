"""Findings on a file as such: its place, its bytes, its YAML."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

MISSING_FILE = FindingKind(
    "missing-file",
    Level.ERROR,
    "the file does not exist",
    "add it; the README shows a small example",
    "A landscape needs its settings and its taxonomy.",
)
NO_PROJECTS = FindingKind(
    "no-projects",
    Level.ERROR,
    "there is no project file",
    "add data/projects/<id>.yaml, or check that --root names the right folder",
    "A check that finds nothing to check must not pass.",
)
OUTSIDE_FOLDER = FindingKind(
    "outside-folder",
    Level.ERROR,
    "the file lies where no file is read",
    "move a project's file to data/projects/<id>.yaml, without a folder between",
    "A file in the wrong folder would be ignored without a word.",
)
WRONG_EXTENSION = FindingKind(
    "wrong-extension",
    Level.ERROR,
    "the file's name does not end in {ending}",
    "rename it to {wanted}",
    "A file with another ending would be ignored without a word.",
)
BAD_FILE_NAME = FindingKind(
    "bad-file-name",
    Level.ERROR,
    "the file's name is not of the form of an id",
    "rename it to {wanted}: lower-case letters and digits, with single hyphens between",
    "The file's name is the project's permanent id, used in addresses and tables.",
)
LONG_FILE_NAME = FindingKind(
    "long-file-name",
    Level.ERROR,
    "the file's name has {length} characters before its ending, more than {limit}",
    "rename it to something shorter, like {wanted}",
    "The file's name is the permanent id: it stands in addresses, tables and paths.",
)
SYMLINK = FindingKind(
    "symlink",
    Level.ERROR,
    "the file is a symbolic link",
    "replace the link by the file itself",
    "A link can lead outside the dataset, and breaks on other systems.",
)
NOT_A_FILE = FindingKind(
    "not-a-file",
    Level.ERROR,
    "this is not a readable file: {reason}",
    "replace it by an ordinary text file",
    "Folders, pipes and files without read permission cannot be checked.",
)
FILE_TOO_LARGE = FindingKind(
    "file-too-large",
    Level.ERROR,
    "the file has {size_kb} KB; the limit is {limit_kb} KB",
    "keep to short facts; move long text to the project's own pages",
    "A huge file is a mistake or an attack, so it is not even read.",
)
EMPTY_FILE = FindingKind(
    "empty-file",
    Level.ERROR,
    "the file is empty",
    "fill it as the other files beside it are, or delete it",
    "An empty file says nothing about a project.",
)
NOT_UTF8 = FindingKind(
    "not-utf8",
    Level.ERROR,
    "the file is not UTF-8 text (byte {value})",
    "save it with the encoding UTF-8",
    "Other encodings garble names and Chinese text.",
)
BYTE_ORDER_MARK = FindingKind(
    "byte-order-mark",
    Level.ERROR,
    "the file begins with a byte-order mark",
    "save it as UTF-8 without BOM, or run: landscape fmt",
    "The invisible mark confuses tools that compare or join files.",
)
CARRIAGE_RETURN = FindingKind(
    "carriage-return",
    Level.ERROR,
    "the lines end in CR LF, as on Windows",
    "save it with line ends LF, or run: landscape fmt",
    "Mixed line ends make every line look changed.",
)
CONTROL_CHARACTER = FindingKind(
    "control-character",
    Level.ERROR,
    "the text holds a control character ({value})",
    "delete it; retype the text where it is not visible",
    "Control characters break terminals, pages and pictures.",
)
TAB_INDENT = FindingKind(
    "tab-indent",
    Level.ERROR,
    "the line is indented with a tab",
    "indent with two spaces; YAML allows no tabs there",
    "YAML cannot be read with tabs as indentation.",
)
YAML_SYNTAX = FindingKind(
    "yaml-syntax",
    Level.ERROR,
    "this is not valid YAML: {problem}",
    "compare the line, and the one before it, with another file of the folder",
    "A file that cannot be read cannot be used; the others are checked all the same.",
)
DUPLICATE_KEY = FindingKind(
    "duplicate-key",
    Level.ERROR,
    "`{value}` stands here a second time; the first is in line {first}",
    "keep one of the two",
    "YAML readers silently take the last one.",
)
ALIAS = FindingKind(
    "alias",
    Level.ERROR,
    "YAML aliases are not allowed here ({value})",
    "write the value out; put text that begins with * in quotes",
    "A few nested aliases expand to gigabytes.",
)
CUSTOM_TAG = FindingKind(
    "custom-tag",
    Level.ERROR,
    "YAML tags are not allowed here ({value})",
    "delete the tag; put text that begins with ! in quotes",
    "Tags ask the reader to make objects of other programs.",
)
YAML_BOOLEAN = FindingKind(
    "yaml-boolean",
    Level.ERROR,
    "`{value}` without quotes is read as true or false by many YAML readers",
    'put it in quotes: "{value}"',
    "A project named On, or the language code no, would turn into a boolean.",
)
KEY_NOT_TEXT = FindingKind(
    "key-not-text",
    Level.ERROR,
    "the key {value} is not text",
    "write a plain word before the colon, in quotes where it looks like a number",
    "Keys are names; anything else cannot be looked up.",
)
TOO_DEEP = FindingKind(
    "too-deep",
    Level.ERROR,
    "the values are nested deeper than {value} levels",
    "compare the file with another one of the folder",
    "Extreme nesting crashes YAML readers.",
)

/*
 * Every command, with its options: what the parser takes, what the help and the manual say, and what the shells
 * complete are made of this. It loads next to nothing, so that none of them costs time.
 */
import {
  counterexampleFolder,
  defaultRuns,
  rounds,
  usualRestarts,
  usualTimeout,
} from '../conformance/defaults.ts';
import { newestKnown } from '../python/releases.ts';

/** What can stand in a place: one of some words, or something that is looked up. */
export type Offer = readonly string[] | 'file' | 'folder' | 'program' | 'rule' | 'chapter';

export type Option = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** The heading that it stands under. */
  readonly group: string;
  /** What its value is called. */
  readonly value?: string;
  readonly offers?: Offer;
  /** Without the default, which is added. */
  readonly says: string;
};

export type Entry = {
  /** The heading that it stands under in the list of commands. */
  readonly group: string;
  /** One line of that list. */
  readonly says: string;
  /** What follows the options. */
  readonly takes: string;
  /** What the operands can be, and what follows `--`. */
  readonly offers?: Offer;
  readonly adapter?: boolean;
  readonly about: string;
  readonly examples: ReadonlyArray<readonly [line: string, says: string]>;
  readonly options: Readonly<Record<string, Option>>;
  readonly exits: ReadonlyArray<readonly [code: number, means: string]>;
};

const subject = {
  python: {
    type: 'string',
    group: 'Whom to ask',
    value: 'EXE',
    offers: 'program',
    says: 'the function of this Python',
  },
  timeout: {
    type: 'string',
    default: String(usualTimeout),
    group: 'Whom to ask',
    value: 'S',
    says: 'seconds for one call; 12 times for hello',
  },
  restarts: {
    type: 'string',
    default: String(usualRestarts),
    group: 'Whom to ask',
    value: 'N',
    says: 'restarts of an adapter that fails',
  },
} as const satisfies Entry['options'];

const heldTo = {
  'python-version': {
    type: 'string',
    group: 'Whom to ask',
    value: 'V',
    says: 'hold it to that CPython, whatever it claims',
  },
} as const satisfies Entry['options'];

const known = {
  'known-failures': {
    type: 'string',
    group: 'What is known, and what is kept',
    value: 'FILE',
    offers: 'file',
    says: 'what is known to fail',
  },
  'update-known-failures': {
    type: 'boolean',
    default: false,
    group: 'What is known, and what is kept',
    says: 'write that list anew',
  },
} as const satisfies Entry['options'];

const kept = {
  report: {
    type: 'string',
    multiple: true,
    group: 'What is known, and what is kept',
    value: 'FORMAT=FILE',
    offers: ['badge=', 'json=', 'jsonl=', 'junit=', 'markdown='],
    says: 'a report; - for stdout; may be repeated',
  },
  counterexamples: {
    type: 'string',
    default: counterexampleFolder,
    group: 'What is known, and what is kept',
    value: 'DIR',
    offers: 'folder',
    says: 'where what fails is saved',
  },
} as const satisfies Entry['options'];

const target = {
  'python-version': {
    type: 'string',
    default: newestKnown.slice(0, 2).join('.'),
    group: 'The interpreter',
    value: 'V',
    says: 'a release; a series is its latest',
  },
  platform: {
    type: 'string',
    default: 'posix',
    group: 'The interpreter',
    value: 'P',
    offers: ['posix', 'win32'],
    says: 'whose paths they are: posix or win32',
  },
} as const satisfies Entry['options'];

const json = {
  type: 'boolean',
  default: false,
  group: 'What is printed',
} as const;

/** Whose cache tag. */
const tag = {
  implementation: {
    type: 'string',
    group: 'The interpreter',
    value: 'I',
    offers: ['cpython', 'pypy', 'graalpy', 'rustpython'],
    says: "whose cache tag, if not CPython's",
  },
  'cache-tag': {
    type: 'string',
    group: 'The interpreter',
    value: 'T',
    says: 'sys.implementation.cache_tag itself',
  },
  'no-cache-tag': {
    type: 'boolean',
    default: false,
    group: 'The interpreter',
    says: 'the cache tag is None',
  },
} as const satisfies Entry['options'];

const prefix = {
  'pycache-prefix': {
    type: 'string',
    group: 'The interpreter',
    value: 'P',
    offers: 'folder',
    says: 'sys.pycache_prefix, which 3.8 and later read',
  },
} as const satisfies Entry['options'];

const collisions = {
  type: 'boolean',
  default: false,
  group: 'What is printed',
  says: 'only files that several sources share, with these',
} as const;

const inNull = {
  type: 'boolean',
  short: '0',
  default: false,
  group: 'What is printed',
  says: 'paths on stdin, and results, end in NUL',
} as const;

const question = {
  like: {
    type: 'string',
    group: 'The interpreter',
    value: 'LINE',
    says: "how it is started: 'A=1 python3.13 -O'",
  },
  ...target,
  ...tag,
  optimize: {
    type: 'string',
    default: '0',
    group: 'The interpreter',
    value: 'N',
    says: 'sys.flags.optimize',
  },
  ...prefix,
  cwd: {
    type: 'string',
    group: 'The interpreter',
    value: 'D',
    offers: 'folder',
    says: 'the working directory, never that of this command',
  },
  optimization: {
    type: 'string',
    group: 'The arguments',
    value: 'X',
    offers: ['0', '1', '2'],
    says: "as text: '' for none; -1 is --optimization=-1",
  },
  'debug-override': {
    type: 'string',
    group: 'The arguments',
    value: 'B',
    offers: ['true', 'false'],
    says: 'true or false, before 3.15',
  },
} as const satisfies Entry['options'];

const verdicts = [
  [0, 'conformant'],
  [1, 'not conformant'],
  [2, 'wrong usage'],
  [3, 'incomplete'],
  [4, 'the adapter failed'],
  [5, 'the list of known failures is stale'],
] as const satisfies Entry['exits'];

const results = [
  [0, 'a result for every path'],
  [1, 'Python raises for one at least'],
  [2, 'wrong usage'],
] as const satisfies Entry['exits'];

const plainly = [
  [0, 'done'],
  [2, 'wrong usage'],
] as const satisfies Entry['exits'];

const toImplementers = 'To hold an implementation against the rules';
const toReaders = 'To know what the function does';
const toAuthors = 'To write an adapter';
const aroundIt = 'Around the command';

export const commands = {
  check: {
    group: toImplementers,
    says: 'holds an implementation against the rules',
    takes: '[-- COMMAND ARG…]',
    adapter: true,
    about:
      'Holds an implementation against the specification: the function of a Python, or whatever the adapter COMMAND reaches. Without either: python3 on the PATH, else python, else the reference itself.',
    examples: [
      ['check --python python3.9', 'the function of a Python'],
      ['check -- my-adapter --flag', 'what an adapter reaches'],
      ['check --seed 1 --report junit=out.xml', 'as a gate in CI'],
    ],
    options: {
      ...subject,
      ...heldTo,
      rule: {
        type: 'string',
        group: 'What to ask',
        value: 'GLOB',
        offers: 'rule',
        says: 'only rules whose id matches; * is any text',
      },
      chapter: {
        type: 'string',
        group: 'What to ask',
        value: 'NAME',
        offers: 'chapter',
        says: 'only this chapter: 2, path or 2-path',
      },
      level: {
        type: 'string',
        group: 'What to ask',
        value: 'LEVEL',
        offers: ['documented', 'observed'],
        says: 'only documented, or only observed rules',
      },
      runs: {
        type: 'string',
        default: String(defaultRuns),
        group: 'What to ask',
        value: 'N',
        says: 'inputs drawn for each property',
      },
      seed: { type: 'string', group: 'What to ask', value: 'N', says: 'draw the same inputs again' },
      domain: {
        type: 'string',
        group: 'What to ask',
        value: 'JSON|FILE',
        offers: 'file',
        says: 'only these calls (spec/protocol.md, domain)',
      },
      shard: {
        type: 'string',
        group: 'What to ask',
        value: 'I/N',
        says: 'only the I-th of N parts; merge joins them',
      },
      ...known,
      ...kept,
    },
    exits: verdicts,
  },
  replay: {
    group: toImplementers,
    says: 'asks one saved counterexample again',
    takes: 'FILE [-- COMMAND ARG…]',
    offers: 'file',
    adapter: true,
    about: `Asks the calls of a counterexample that check saved ${rounds} times: of the command that it was found in, which the file has, or of another implementation. It starts what the file names: read a file that you were sent before you replay it.`,
    examples: [
      ['replay .pycache-spec/RULE-1a2b3c4d.json', 'of what it was found in'],
      ['replay FILE --python python3.9', 'of a Python'],
      ['replay FILE -- my-adapter', 'of an adapter'],
    ],
    options: subject,
    exits: [
      [0, 'it holds'],
      [1, 'it fails'],
      [2, 'FILE is no counterexample, or wrong usage'],
      [3, 'the calls cannot be asked, or are declined'],
      [4, 'the adapter failed'],
    ],
  },
  diff: {
    group: toImplementers,
    says: 'tells what was fixed and what broke between two runs',
    takes: 'BEFORE AFTER',
    offers: 'file',
    about:
      'Compares two runs by their reports of the format jsonl, of which one may be - for stdin: what fails and did not before, what passed and is not checked any more, what came into the domain or left it, what is fixed. Rules that only one of the runs is about do not count.',
    examples: [
      ['diff before.jsonl after.jsonl', 'for a person'],
      ['diff --json before.jsonl after.jsonl', 'for a program'],
      ['diff before.jsonl - < after.jsonl', 'one of them from stdin'],
    ],
    options: { json: { ...json, says: 'an object instead of text' } },
    exits: [
      [0, 'nothing got worse'],
      [1, 'something did'],
      [2, 'a report cannot be read, or wrong usage'],
      [3, 'a run is incomplete; that a rule fails outranks that'],
    ],
  },
  merge: {
    group: toImplementers,
    says: 'joins the reports of the parts of a run into one verdict',
    takes: 'FILE…',
    offers: 'file',
    about:
      'Joins the shards of one run, by their reports of the format jsonl, into one verdict; what of them is missing or was cut leaves the run incomplete. Of the report of a whole run it makes reports of other formats. A FILE may be - for stdin.',
    examples: [
      ['merge part-*.jsonl', 'one verdict of all'],
      ['merge run.jsonl --report junit=run.xml', 'another format'],
      ['merge *.jsonl --known-failures known.txt', 'judged with a list'],
    ],
    options: { ...known, ...kept },
    exits: verdicts,
  },
  rules: {
    group: toReaders,
    says: 'lists the rules, or shows one',
    takes: '[ID]',
    offers: 'rule',
    about:
      'Lists the rules by chapter, or shows one: what it says, since when, where it comes from, examples, and what was captured of it.',
    examples: [
      ['rules', 'all of them'],
      ['rules path-root-is-lost', 'one of them'],
      ['rules --json', 'for a program'],
    ],
    options: { json: { ...json, says: 'a list of objects instead of text' } },
    exits: plainly,
  },
  path: {
    group: toReaders,
    says: 'prints the path of the bytecode file of a source file',
    takes: 'PATH…',
    offers: 'file',
    about:
      "Prints the path of each source file's bytecode file, for an interpreter that need not be at hand. Python's errors and warnings go to stderr. PATH - stands for paths on stdin, one a line, whose bytes need not be UTF-8.",
    examples: [
      ["path a/b.py --like 'python3.9 -OO'", 'for how Python is started'],
      [String.raw`path 'C:\b.py' --platform win32`, 'for Windows'],
      ['path - -0 < names', 'many, each ended by NUL'],
    ],
    options: {
      ...question,
      collisions,
      json: { ...json, says: 'an object a line: path, and result or error' },
      null: inNull,
    },
    exits: [results[0], [1, 'Python raises for one at least, or --collisions finds any'], [2, 'wrong usage']],
  },
  source: {
    group: toReaders,
    says: 'prints the path of the source file of a bytecode file',
    takes: 'FILE…',
    offers: 'file',
    about:
      "Prints the path of each bytecode file's source, as Python's source_from_cache has it. Of names that Python answers wrongly or not at all, such as those of pytest and numba, it prints the source that their writers mean; what Python answers, and who writes such a name, goes to stderr. FILE - stands for files on stdin.",
    examples: [
      ['source __pycache__/b.cpython-313.pyc', 'b.py'],
      ['source /p/b.cpython-313.pyc --pycache-prefix /p', 'below a prefix'],
      ['source - < names', 'many'],
    ],
    options: {
      ...target,
      ...tag,
      ...prefix,
      json: { ...json, says: 'an object a line: path, source, writer and more' },
      null: inNull,
    },
    exits: [
      [0, 'a source for every file'],
      [1, 'none for one at least'],
      [2, 'wrong usage'],
    ],
  },
  files: {
    group: toReaders,
    says: 'lists every bytecode file that can belong to a source file',
    takes: 'SOURCE…',
    offers: 'file',
    about:
      'Prints every bytecode file that can belong to a source, and after a tab who writes and who reads it: of every interpreter whose tag is known, at each level, and beside the source. Of those that exist it tells whether they would be read: their headers are compared with the source. Nothing is changed or removed. SOURCE - stands for sources on stdin.',
    examples: [
      ['files a.py', 'all there can be'],
      ['files a.py --on-disk', 'what is there'],
      ['files a.py --python-version 3.13 --levels 0', 'some of them'],
    ],
    options: {
      'python-version': {
        type: 'string',
        group: 'Which files',
        value: 'V,…',
        says: 'only of these releases, such as 3.12,3.13',
      },
      implementation: { ...tag.implementation, group: 'Which files', value: 'I,…', says: 'only of these' },
      levels: {
        type: 'string',
        group: 'Which files',
        value: 'L,…',
        says: 'only of these; otherwise 0,1,2, or all on disk',
      },
      'on-disk': {
        type: 'boolean',
        default: false,
        group: 'Which files',
        says: 'only those that exist, of whatever writer',
      },
      platform: target.platform,
      ...prefix,
      cwd: question.cwd,
      collisions,
      json: { ...json, says: 'an object a line: source, path, writers and more' },
      null: { ...inNull, says: 'the paths alone, each with a NUL' },
    },
    exits: [
      [0, 'files for every source'],
      [1, 'none for one at least, or --collisions finds any'],
      [2, 'wrong usage'],
    ],
  },
  explain: {
    group: toReaders,
    says: 'tells why it is that path: where it is cut, and by which rules',
    takes: 'PATH',
    offers: 'file',
    about:
      'Prints what path does, for one PATH, with where it is cut and the rules that decide, the most telling first.',
    examples: [
      ['explain /m.py', 'a path that surprises'],
      ['explain a.py --pycache-prefix /p --cwd /w', 'below a prefix'],
      ['explain a.py --optimization _', 'why Python raises'],
    ],
    options: { ...question, json: { ...json, says: 'an object instead of text' } },
    exits: results,
  },
  doctor: {
    group: toAuthors,
    says: 'tells what is wrong with an adapter, in words',
    takes: '[-- COMMAND ARG…]',
    adapter: true,
    about:
      'Tries an adapter piece by piece and tells what is wrong with it: whether it speaks the protocol, not whether what it reaches is right.',
    examples: [
      ['doctor -- my-adapter', 'your adapter'],
      ['doctor --timeout 30 -- my-adapter', 'one that is slow'],
      ['doctor --python python3.9', 'the shipped adapter'],
    ],
    options: { python: subject.python, timeout: subject.timeout },
    exits: [
      [0, 'it is well-formed'],
      [2, 'wrong usage'],
      [3, 'it was interrupted'],
      [4, 'it is not'],
    ],
  },
  serve: {
    group: toAuthors,
    says: 'is the reference as an adapter',
    takes: '',
    about: 'The reference as an adapter: speaks the protocol on stdin and stdout.',
    examples: [
      ['serve < requests.jsonl', 'answers to what is asked'],
      ['serve --python-version 3.9', 'for another release'],
      ['serve --platform win32', 'for Windows'],
    ],
    options: target,
    exits: [
      [0, 'it was told bye, or its input ended'],
      [2, 'a line is no request, or wrong usage'],
    ],
  },
  adapter: {
    group: toAuthors,
    says: 'prints the path of a shipped adapter',
    takes: 'NAME',
    offers: ['c', 'go', 'java', 'javascript', 'pyodide', 'python', 'rust'],
    about:
      'Prints the path of a shipped adapter. python and pyodide are run; pyodide needs the npm package pyodide in the project that it is started in. The others are copied: each is around a function in that language, and its header tells how it is built.',
    examples: [
      ['adapter python', 'where it is'],
      ['adapter rust', 'one to copy'],
      ['check -- node "$(pycache-spec adapter pyodide)"', 'runs it'],
    ],
    options: {},
    exits: plainly,
  },
  completion: {
    group: aroundIt,
    says: 'prints what makes a shell complete this command',
    takes: 'SHELL',
    offers: ['bash', 'zsh', 'fish'],
    about:
      'Prints a script that makes bash, zsh or fish complete commands, options, rules, chapters and files. Zsh finds it in a folder of its fpath.',
    examples: [
      ['completion bash >> ~/.bash_completion', 'bash'],
      ['completion zsh > ~/.zfunc/_pycache-spec', 'zsh'],
      ['completion fish | source', 'fish, in config.fish'],
    ],
    options: {},
    exits: plainly,
  },
  man: {
    group: aroundIt,
    says: 'prints the manual page',
    takes: '',
    about: 'Prints the manual page of the command and all of its subcommands, as troff has it.',
    examples: [
      ['man | man -l -', 'reads it'],
      ['man > ~/.local/share/man/man1/pycache-spec.1', 'keeps it'],
      ['man | groff -man -Tutf8 | less', 'without man(1)'],
    ],
    options: {},
    exits: plainly,
  },
} as const satisfies Record<string, Entry>;

export type CommandName = keyof typeof commands;

export const entries = Object.entries(commands) as unknown as ReadonlyArray<readonly [CommandName, Entry]>;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** What every command takes beside its own. */
export const help = {
  type: 'boolean',
  short: 'h',
  group: '',
  says: 'this text',
} as const satisfies Option;

/** What the command takes where no other is named. */
export const global = {
  help: { ...help, says: 'the commands, or with one named how that is called' },
  version: { type: 'boolean', group: '', says: 'the version of the package' },
} as const satisfies Entry['options'];

/** Which of several exit codes it is. */
export const exitOrder = 'When several exit codes hold: 2, then 4, 1, 3, 5.';

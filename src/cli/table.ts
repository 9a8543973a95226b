/*
 * All commands with their options. The parser, the help, the manual page and the shell completions are based on this
 * table. It imports almost nothing, so that it costs none of them time.
 */
import {
  counterexampleFolder,
  defaultRuns,
  rounds,
  usualRestarts,
  usualTimeout,
} from '../conformance/defaults.ts';
import { functions } from '../python/call.ts';
import { newestKnown } from '../python/releases.ts';

/** The possible values at a place: one of some words, or something to look up. */
export type Offer = readonly string[] | 'file' | 'folder' | 'program' | 'rule' | 'chapter';

export type Option = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** The heading under which it is listed. */
  readonly group: string;
  /** The name of its value in the help. */
  readonly value?: string;
  readonly offers?: Offer;
  /** Without the default, which is added automatically. */
  readonly says: string;
};

export type Entry = {
  /** The heading under which it is listed among the commands. */
  readonly group: string;
  /** Its line in that list. */
  readonly says: string;
  /** The operands, as shown after the options. */
  readonly takes: string;
  /** The possible operands, and whether a command may follow `--`. */
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
    group: 'Subject',
    value: 'EXE',
    offers: 'program',
    says: 'check the function of this Python',
  },
  timeout: {
    type: 'string',
    default: String(usualTimeout),
    group: 'Subject',
    value: 'S',
    says: 'seconds per call; 12 times for hello',
  },
  restarts: {
    type: 'string',
    default: String(usualRestarts),
    group: 'Subject',
    value: 'N',
    says: 'how often to restart a failing adapter',
  },
} as const satisfies Entry['options'];

const heldTo = {
  'python-version': {
    type: 'string',
    group: 'Subject',
    value: 'V',
    says: 'use the rules of this CPython release',
  },
} as const satisfies Entry['options'];

const known = {
  'known-failures': {
    type: 'string',
    group: 'Known failures and output',
    value: 'FILE',
    offers: 'file',
    says: 'the list of known failures',
  },
  'update-known-failures': {
    type: 'boolean',
    default: false,
    group: 'Known failures and output',
    says: 'rewrite that list',
  },
} as const satisfies Entry['options'];

const kept = {
  report: {
    type: 'string',
    multiple: true,
    group: 'Known failures and output',
    value: 'FORMAT=FILE',
    offers: ['badge=', 'json=', 'jsonl=', 'junit=', 'markdown='],
    says: 'write a report; - is stdout; may be repeated',
  },
  counterexamples: {
    type: 'string',
    default: counterexampleFolder,
    group: 'Known failures and output',
    value: 'DIR',
    offers: 'folder',
    says: 'folder for counterexamples',
  },
} as const satisfies Entry['options'];

const target = {
  'python-version': {
    type: 'string',
    default: newestKnown.slice(0, 2).join('.'),
    group: 'Interpreter',
    value: 'V',
    says: 'a release, or a series for its latest one',
  },
  platform: {
    type: 'string',
    default: 'posix',
    group: 'Interpreter',
    value: 'P',
    offers: ['posix', 'win32'],
    says: 'the kind of paths: posix or win32',
  },
} as const satisfies Entry['options'];

const json = {
  type: 'boolean',
  default: false,
  group: 'Output',
} as const;

/** The implementation for the cache tag. */
const tag = {
  implementation: {
    type: 'string',
    group: 'Interpreter',
    value: 'I',
    offers: ['cpython', 'pypy', 'graalpy', 'rustpython'],
    says: "use this implementation's cache tag",
  },
  'cache-tag': {
    type: 'string',
    group: 'Interpreter',
    value: 'T',
    says: 'the cache tag, sys.implementation.cache_tag',
  },
  'no-cache-tag': {
    type: 'boolean',
    default: false,
    group: 'Interpreter',
    says: 'the cache tag is None',
  },
} as const satisfies Entry['options'];

const prefix = {
  'pycache-prefix': {
    type: 'string',
    group: 'Interpreter',
    value: 'P',
    offers: 'folder',
    says: 'sys.pycache_prefix, read since 3.8',
  },
} as const satisfies Entry['options'];

const collisions = {
  type: 'boolean',
  default: false,
  group: 'Output',
  says: 'only files that several sources share, with these',
} as const;

const inNull = {
  type: 'boolean',
  short: '0',
  default: false,
  group: 'Output',
  says: 'input and output paths end in NUL',
} as const;

const like = {
  like: {
    type: 'string',
    group: 'Interpreter',
    value: 'LINE',
    says: "how it is started: 'A=1 python3.13 -O'",
  },
} as const satisfies Entry['options'];

const question = {
  ...like,
  ...target,
  ...tag,
  optimize: {
    type: 'string',
    default: '0',
    group: 'Interpreter',
    value: 'N',
    says: 'sys.flags.optimize',
  },
  ...prefix,
  cwd: {
    type: 'string',
    group: 'Interpreter',
    value: 'D',
    offers: 'folder',
    says: 'the working directory; never taken from the shell',
  },
  optimization: {
    type: 'string',
    group: 'Arguments',
    value: 'X',
    offers: ['0', '1', '2'],
    says: "as text; '' for none; write -1 as --optimization=-1",
  },
  'debug-override': {
    type: 'string',
    group: 'Arguments',
    value: 'B',
    offers: ['true', 'false'],
    says: 'true or false; before 3.15',
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
  [0, 'every path has a result'],
  [1, 'Python raises for at least one path'],
  [2, 'wrong usage'],
] as const satisfies Entry['exits'];

const plainly = [
  [0, 'done'],
  [2, 'wrong usage'],
] as const satisfies Entry['exits'];

const toImplementers = 'Check an implementation';
const toReaders = 'Look up what the function does';
const toAuthors = 'Write an adapter';
const aroundIt = 'Shell integration';

export const commands = {
  check: {
    group: toImplementers,
    says: 'checks an implementation against the rules',
    takes: '[-- COMMAND ARG…]',
    adapter: true,
    about:
      'Checks an implementation against the specification: the function of a Python, or whatever the adapter COMMAND reaches. By default it checks python3 on the PATH, or else python, or else the reference itself.',
    examples: [
      ['check --python python3.9', 'checks a Python'],
      ['check -- my-adapter --flag', 'checks an adapter'],
      ['check --seed 1 --report junit=out.xml', 'for a CI gate'],
    ],
    options: {
      ...subject,
      ...heldTo,
      rule: {
        type: 'string',
        group: 'Selection',
        value: 'GLOB',
        offers: 'rule',
        says: 'only rules whose id matches; * matches any text',
      },
      chapter: {
        type: 'string',
        group: 'Selection',
        value: 'NAME',
        offers: 'chapter',
        says: 'only this chapter: 2, path or 2-path',
      },
      level: {
        type: 'string',
        group: 'Selection',
        value: 'LEVEL',
        offers: ['documented', 'observed'],
        says: 'only documented or only observed rules',
      },
      runs: {
        type: 'string',
        default: String(defaultRuns),
        group: 'Selection',
        value: 'N',
        says: 'inputs to draw for each property',
      },
      seed: { type: 'string', group: 'Selection', value: 'N', says: 'repeat the inputs of an earlier run' },
      domain: {
        type: 'string',
        group: 'Selection',
        value: 'JSON|FILE',
        offers: 'file',
        says: 'only calls in this domain (spec/protocol.md)',
      },
      shard: {
        type: 'string',
        group: 'Selection',
        value: 'I/N',
        says: 'only part I of N; merge combines the parts',
      },
      ...known,
      ...kept,
    },
    exits: verdicts,
  },
  replay: {
    group: toImplementers,
    says: 'runs a saved counterexample again',
    takes: 'FILE [-- COMMAND ARG…]',
    offers: 'file',
    adapter: true,
    about: `Runs the calls of a saved counterexample ${rounds} times, with the command that is recorded in the file or with another implementation. It starts the recorded command, so read a file that someone sent you before you replay it.`,
    examples: [
      ['replay .pycache-spec/RULE-1a2b3c4d.json', 'the recorded command'],
      ['replay FILE --python python3.9', 'another Python'],
      ['replay FILE -- my-adapter', 'another adapter'],
    ],
    options: subject,
    exits: [
      [0, 'it holds'],
      [1, 'it fails'],
      [2, 'FILE is not a counterexample, or wrong usage'],
      [3, 'the calls cannot be sent, or are declined'],
      [4, 'the adapter failed'],
    ],
  },
  diff: {
    group: toImplementers,
    says: 'lists what was fixed and what broke between two runs',
    takes: 'BEFORE AFTER',
    offers: 'file',
    about:
      'Compares two runs by their jsonl reports, one of which can be - for stdin: what newly fails, what passed but is no longer checked, what entered or left the domain, and what is fixed. Rules that apply to only one of the runs are ignored.',
    examples: [
      ['diff before.jsonl after.jsonl', 'as text'],
      ['diff --json before.jsonl after.jsonl', 'as JSON'],
      ['diff before.jsonl - < after.jsonl', 'reads one from stdin'],
    ],
    options: { json: { ...json, says: 'print an object instead of text' } },
    exits: [
      [0, 'nothing got worse'],
      [1, 'something did'],
      [2, 'a report cannot be read, or wrong usage'],
      [3, 'a run is incomplete; 1 takes precedence'],
    ],
  },
  merge: {
    group: toImplementers,
    says: 'combines the reports of the parts of a run into one verdict',
    takes: 'FILE…',
    offers: 'file',
    about:
      'Combines the jsonl reports of the shards of one run into one verdict. If a part is missing or truncated, the run is incomplete. It also converts the report of a whole run to other formats. A FILE can be - for stdin.',
    examples: [
      ['merge part-*.jsonl', 'one verdict for all'],
      ['merge run.jsonl --report junit=run.xml', 'another format'],
      ['merge *.jsonl --known-failures known.txt', 'uses a list'],
    ],
    options: { ...known, ...kept },
    exits: verdicts,
  },
  rules: {
    group: toReaders,
    says: 'lists the rules, or shows one of them',
    takes: '[ID]',
    offers: 'rule',
    about:
      'Lists the rules by chapter, or shows one: its statement, the releases it applies to, its origin, its examples, and what was captured for it.',
    examples: [
      ['rules', 'lists all rules'],
      ['rules path-root-is-lost', 'shows one rule'],
      ['rules --json', 'as JSON'],
    ],
    options: { json: { ...json, says: 'print a list of objects instead of text' } },
    exits: plainly,
  },
  path: {
    group: toReaders,
    says: 'prints the path of the bytecode file of a source file',
    takes: 'PATH…',
    offers: 'file',
    about:
      "Prints the path of each source file's bytecode file, for an interpreter that need not be installed. Python's errors and warnings go to stderr. If PATH is -, paths are read from stdin, one per line; their bytes need not be UTF-8.",
    examples: [
      ["path a/b.py --like 'python3.9 -OO'", 'for how Python is started'],
      [String.raw`path 'C:\b.py' --platform win32`, 'for Windows'],
      ['path - -0 < names', 'many, separated by NUL'],
    ],
    options: {
      ...question,
      collisions,
      json: { ...json, says: 'print an object per line: path, and result or error' },
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
      "Prints the path of each bytecode file's source, like Python's source_from_cache. For names for which Python has a wrong answer or none, such as those of pytest and numba, it prints the source that their writers mean; Python's answer, and the writer, go to stderr. If FILE is -, files are read from stdin.",
    examples: [
      ['source __pycache__/b.cpython-313.pyc', 'b.py'],
      ['source /p/b.cpython-313.pyc --pycache-prefix /p', 'below a prefix'],
      ['source - < names', 'many'],
    ],
    options: {
      ...target,
      ...tag,
      ...prefix,
      json: { ...json, says: 'print an object per line: path, source, writer, …' },
      null: inNull,
    },
    exits: [
      [0, 'every file has a source'],
      [1, 'at least one has none'],
      [2, 'wrong usage'],
    ],
  },
  files: {
    group: toReaders,
    says: 'lists every bytecode file that can belong to a source file',
    takes: 'SOURCE…',
    offers: 'file',
    about:
      'Prints every bytecode file that can belong to a source, and after a tab who writes and reads it: for every interpreter whose tag is known, at each level, and beside the source. For files that exist, it says whether they would be read: their headers are compared with the source. With --like, it lists the files of one interpreter and marks the one that this interpreter would look for. Nothing is changed or removed. If SOURCE is -, sources are read from stdin.',
    examples: [
      ['files a.py', 'all possible files'],
      ['files a.py --on-disk', 'those that exist'],
      ["files a.py --like 'python3.13 -O'", 'for how Python is started'],
    ],
    options: {
      'python-version': {
        type: 'string',
        group: 'Selection',
        value: 'V,…',
        says: 'only for these releases, such as 3.12,3.13',
      },
      implementation: {
        ...tag.implementation,
        group: 'Selection',
        value: 'I,…',
        says: 'only for these implementations',
      },
      levels: {
        type: 'string',
        group: 'Selection',
        value: 'L,…',
        says: 'only these levels; by default 0,1,2, or all on disk',
      },
      'on-disk': {
        type: 'boolean',
        default: false,
        group: 'Selection',
        says: 'only files that exist, whoever wrote them',
      },
      ...like,
      platform: target.platform,
      ...prefix,
      cwd: question.cwd,
      collisions,
      json: { ...json, says: 'print an object per line: source, path, writers, …' },
      null: { ...inNull, says: 'print only the paths, each followed by NUL' },
    },
    exits: [
      [0, 'every source has files'],
      [1, 'at least one has none, or --collisions finds any'],
      [2, 'wrong usage'],
    ],
  },
  explain: {
    group: toReaders,
    says: 'explains a result: where the path is split, and by which rules',
    takes: 'PATH',
    offers: 'file',
    about:
      'Prints the result for one PATH, where it is split, and the rules that decide the result, the most relevant first. For a bytecode file in __pycache__ or below the prefix, the result is that of source_from_cache: the path of its source.',
    examples: [
      ['explain /m.py', 'a surprising path'],
      ['explain a.py --pycache-prefix /p --cwd /w', 'below a prefix'],
      ['explain __pycache__/a.b.cpython-313.pyc', 'why Python raises'],
    ],
    options: {
      ...question,
      function: {
        type: 'string',
        group: 'Arguments',
        value: 'F',
        offers: functions,
        says: 'explain this function, whatever PATH is',
      },
      json: { ...json, says: 'print an object instead of text' },
    },
    exits: results,
  },
  doctor: {
    group: toAuthors,
    says: 'says in plain words what is wrong with an adapter',
    takes: '[-- COMMAND ARG…]',
    adapter: true,
    about:
      'Tries an adapter piece by piece and says what is wrong with it. It checks whether the adapter speaks the protocol, not whether the answers are correct.',
    examples: [
      ['doctor -- my-adapter', 'your adapter'],
      ['doctor --timeout 30 -- my-adapter', 'a slow adapter'],
      ['doctor --python python3.9', 'the Python adapter'],
    ],
    options: { python: subject.python, timeout: subject.timeout },
    exits: [
      [0, 'it is well-formed'],
      [2, 'wrong usage'],
      [3, 'it was interrupted'],
      [4, 'it is not well-formed'],
    ],
  },
  serve: {
    group: toAuthors,
    says: 'runs the reference as an adapter',
    takes: '',
    about: 'Runs the reference as an adapter, which speaks the protocol on stdin and stdout.',
    examples: [
      ['serve < requests.jsonl', 'answers these requests'],
      ['serve --python-version 3.9', 'for another release'],
      ['serve --platform win32', 'for Windows'],
    ],
    options: target,
    exits: [
      [0, 'it received bye, or its input ended'],
      [2, 'a line is not a request, or wrong usage'],
    ],
  },
  adapter: {
    group: toAuthors,
    says: 'prints the path of an adapter in this package',
    takes: 'NAME',
    offers: ['c', 'go', 'java', 'javascript', 'pyodide', 'python', 'rust'],
    about:
      'Prints the path of an adapter in this package. Run python and pyodide as they are; pyodide needs the npm package pyodide in the project in which it is started. Copy the others: each contains a function in its language, and its header says how to build it.',
    examples: [
      ['adapter python', 'one to run'],
      ['adapter rust', 'one to copy'],
      ['check -- node "$(pycache-spec adapter pyodide)"', 'runs it'],
    ],
    options: {},
    exits: plainly,
  },
  completion: {
    group: aroundIt,
    says: 'prints a completion script for a shell',
    takes: 'SHELL',
    offers: ['bash', 'zsh', 'fish'],
    about:
      'Prints a script with which bash, zsh or fish completes commands, options, rules, chapters and files. For zsh, put it into a folder of its fpath.',
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
    about: 'Prints the manual page of the command and all of its subcommands, in troff format.',
    examples: [
      ['man | man -l -', 'shows it'],
      ['man > ~/.local/share/man/man1/pycache-spec.1', 'installs it'],
      ['man | groff -man -Tutf8 | less', 'without man(1)'],
    ],
    options: {},
    exits: plainly,
  },
} as const satisfies Record<string, Entry>;

export type CommandName = keyof typeof commands;

export const entries = Object.entries(commands) as unknown as ReadonlyArray<readonly [CommandName, Entry]>;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** The option that every command has. */
export const help = {
  type: 'boolean',
  short: 'h',
  group: '',
  says: 'print this help',
} as const satisfies Option;

/** The options that need no command. */
export const global = {
  help: { ...help, says: 'list the commands, or describe the one that is named' },
  version: { type: 'boolean', group: '', says: 'print the version of the package' },
} as const satisfies Entry['options'];

/** The priority of exit codes. */
export const exitOrder = 'If several exit codes apply, the order is 2, 4, 1, 3, 5.';

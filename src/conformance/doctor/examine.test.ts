import { describe, expect, test } from 'vitest';
import { reference } from '../../cli/testing.ts';
import { testWith, newest, pypy } from '../../../fixtures/present.ts';
import { adapterPath } from '../../cli/adapter.ts';
import { isWellFormed, type Result } from './examine.ts';
import { features } from '../features.ts';
import type { Deadlines } from '../subjects/adapter.ts';
import { misbehaving } from '../subjects/testing.ts';
import { steps } from './steps.ts';
import { diagnose, smallAdapter } from './testing.ts';

const names = steps.map(({ name }) => name);
const named = (results: readonly Result[], name: string): Result =>
  results.find(({ step }) => step === name)!;
const textsOf = ({ findings }: Result): string => findings.map(({ text }) => text).join('\n');
const inState = (results: readonly Result[], state: Result['state']): string[] =>
  results.filter((one) => one.state === state).map(({ step }) => step);

const narrow = [
  { path: { suffixes: ['.py'], form: 'absolute', normalized: true, nested: true }, optimization: ['', 1, 2] },
  {
    path: { suffixes: ['.pyi', '.pyx'], form: 'relative', names: 'identifier' },
    cache_tag: ['a-1', null],
    characters: 'ascii',
  },
  {
    pycache_prefix: ['/cache', { form: 'absolute', nested: true }],
    cwd: [{ normalized: true, nested: true }],
    optimize: [1],
    optimization: [null, { float: 'inf' }],
  },
  { pycache_prefix: [null], path: { form: 'absolute' }, characters: 'text' },
];

describe('an adapter that is well-formed', () => {
  const adapters = [
    ['CPython', newest],
    ['PyPy', pypy],
  ] as const;
  for (const [name, interpreter] of adapters) {
    testWith(name, interpreter, 'passes without a warning', async ({ executable }) => {
      const results = await diagnose([executable, '-I', adapterPath('python')!]);
      expect(inState(results, 'ok')).toEqual(names);
    });
  }

  test.concurrent.each([
    ['3.4.0', 'posix'],
    ['3.15.0', 'posix'],
    ['3.8.0', 'win32'],
    ['3.13.8', 'win32'],
  ])('passes without a warning: the reference for %s on %s', async (version, platform) => {
    const results = await diagnose([
      ...reference.slice(0, 3),
      '--python-version',
      version,
      '--platform',
      platform,
    ]);
    expect(inState(results, 'failure')).toEqual([]);
    expect(inState(results, 'warning')).toEqual([]);
    expect(results.map(({ step }) => step)).toEqual(names);
  });

  test('and supports little is not asked for more', async () => {
    const results = await diagnose(smallAdapter());
    expect(inState(results, 'not tried')).toEqual([
      'way back',
      'other types',
      'path-likes',
      'objects',
      'forms',
      'claims',
    ]);
    expect(results.filter(({ state }) => state === 'failure' || state === 'warning')).toEqual([]);
    expect(isWellFormed(results)).toBe(true);
    const { text, findings } = named(results, 'hello');
    expect(text).toMatch(/^small 1\.0\.0, Python 3\.12\.1, posix, \d+ ms$/);
    expect(findings.map((one) => one.text)).toEqual([
      'It supports optimization, cache_tag.',
      expect.stringMatching(/^It does not support, .*messages \(the messages of errors and warnings\)/),
      'Fixed: optimize=0.',
    ]);
    expect(named(results, 'one call').text).toBe(
      "cache_from_source('plain_name.py') gives 'plain_name.cpython-312'",
    );
    expect(named(results, 'numbers').text).toMatch(/^8 of 19 kinds, .* need values, debug_override$/);
    // On a busy machine they are fewer.
    expect(named(results, 'many calls').text).toMatch(/^[\d,]+ calls in one message$/);
    expect(named(results, 'throughput').text).toMatch(/^[\d,]+ calls\/s one at a time, /);
  });

  test.concurrent.for(
    ['posix', 'win32'].flatMap((platform) => narrow.map((domain) => [platform, domain] as const)),
  )('is asked for nothing outside its domain: %j', async ([platform, domain]) => {
    const supports = [...features].filter((one) => one !== 'cwd');
    const fixed = { cwd: platform === 'posix' ? '/w/x' : String.raw`C:\w\x` };
    const changes = JSON.stringify({ platform, supports, fixed, domain });
    const results = await diagnose(misbehaving('implementation.mjs', 'dies outside', changes));
    expect(inState(results, 'failure')).toEqual([]);
    expect(inState(results, 'warning')).toEqual([]);
    expect(textsOf(named(results, 'hello'))).toMatch(/^Its domain: .+\. Nothing outside it is asked\.$/m);
    expect(named(results, 'text').text).toMatch(/\d (?:is|are) outside its domain/);
    expect(named(results, 'domain').text).toBe('it is for the calls of its domain, and declines none');
  });

  test('has its kinds of value tried where they survive the way into its domain', async () => {
    const domain = { path: { suffixes: ['.py'], form: 'absolute', nested: true }, optimization: ['', 2] };
    const results = await diagnose(
      misbehaving('implementation.mjs', 'dies outside', JSON.stringify({ domain })),
    );
    expect(named(results, 'one call').text).toMatch(
      /^cache_from_source\('\/d\/plain_name\.py', optimization=.+\) gives '\/d\/__pycache__\/plain_name/,
    );
    const texts = Object.fromEntries(
      results.map(({ step, state, text }) => [step, state === 'not tried' ? text : text.split(', each')[0]]),
    );
    expect(texts).toMatchObject({
      text: '12 of 14 kinds',
      numbers: '5 of 19 kinds',
      'other types': 'all of it is outside its domain',
      'path-likes': '2 of 6 kinds',
      objects: '3 of 10 kinds',
      forms: '5 of 6 kinds',
      interpreter: '6 of 14 kinds',
      claims: 'a call that warns, a call that raises',
    });
  });

  test('is for calls without a prefix, and has nothing of a working directory tried', async () => {
    const changes = JSON.stringify({ supports: features, domain: { pycache_prefix: [null] } });
    const results = await diagnose(misbehaving('implementation.mjs', 'dies outside', changes));
    expect(named(results, 'interpreter')).toMatchObject({
      state: 'ok',
      text: '7 of 14 kinds, each in its own call; 7 are outside its domain',
    });
  });
});

describe('an adapter that has the way back alone', () => {
  const wayBack = (mistake = ''): string[] =>
    smallAdapter(`hello.functions = ['source_from_cache'];
      path = ({ args }) => {
        const given = pointsOf(args[0]);
        const name = given.slice(given.lastIndexOf(47) + 1);
        return encoded([...name.slice(0, name.indexOf(46)), ...pointsOf('.py')]);
      };
      ${mistake}`);

  test('has texts tried in the paths of bytecode files', async () => {
    const results = await diagnose(wayBack());
    expect(results.filter(({ state }) => state === 'failure' || state === 'warning')).toEqual([]);
    expect(named(results, 'text').text).toBe('12 kinds, each in its own call');
    expect(named(results, 'numbers').text).toBe('it has only source_from_cache');
    expect(inState(results, 'not tried')).not.toContain('text');
  });

  test('is told of texts that it changes, and what to say of itself', async () => {
    const results = await diagnose(
      wayBack(
        'encoded = (points) => points.map((one) => String.fromCodePoint(one)).join("").toWellFormed();',
      ),
    );
    expect(inState(results, 'warning')).toEqual(['text', 'domain']);
    expect(textsOf(named(results, 'text'))).toMatch(
      /^a lone surrogate: sent '__pycache__\/a\\ud800b\\udc80\.T\.pyc', got '.*': surrogates became U\+FFFD, on the way/m,
    );
    expect(named(results, 'domain').findings.map(({ text }) => text)).toContain(
      '"domain":{"characters":"text"}',
    );
  });

  test('and declines some is offered a domain', async () => {
    const results = await diagnose(
      wayBack(
        'const right = outcome; outcome = (call) => (call.args[0].str || /[^ -~]/.test(call.args[0]) ? { skipped: "ASCII" } : right(call));',
      ),
    );
    expect(inState(results, 'failure')).toEqual([]);
    expect(inState(results, 'warning')).toEqual(['text', 'domain']);
    expect(textsOf(named(results, 'domain'))).toContain('"domain":{"characters":"ascii"}');
  });
});

/** What the adapter declines or cannot represent, and the lines that its author may paste into the hello. */
const declines: ReadonlyArray<
  readonly [name: string, mistake: string, warned: readonly string[], offered: readonly string[]]
> = [
  [
    'surrogates',
    `outcome = (call) => (JSON.stringify(call).includes('"str"') ? { skipped: 'no surrogates' } : right(call));`,
    ['text', 'interpreter', 'domain'],
    [
      'It declines 3 kinds of value that a check sends. If a call is declined, check ends with exit code 3.',
      'If this is intended, say so in the hello, and no such value is sent:',
      '"domain":{"characters":"text"}',
      'Then these are not sent either, although it answers them: NUL.',
    ],
  ],
  [
    'all text, and says so with a feature that there is not',
    `outcome = (call) => (/^plain_name|kwargs|^[a-z]\\d+x/.test(call.args[0] + JSON.stringify(call)) ? right(call) : { unsupported: 'texts' });`,
    ['text', 'interpreter', 'domain'],
    ['No line of the hello can exclude ASCII, '],
  ],
  [
    'what is beyond ASCII',
    `outcome = (call) => ([call.args[0], call.env.cache_tag, call.kwargs?.optimization].some((one) => one?.str || /[^ -~]/.test(String(one)))
       ? { skipped: 'ASCII' } : right(call));`,
    ['text', 'interpreter', 'domain'],
    ['"domain":{"characters":"ascii"}'],
  ],
  [
    'all levels but the usual ones',
    `outcome = (call) => ([undefined, null, '', 1, 2].includes(call.kwargs?.optimization) ? right(call) : { skipped: 'no level' });`,
    ['text', 'numbers', 'domain'],
    ['"domain":{"optimization":[null,"",1,2]}'],
  ],
  [
    'levels that are numbers',
    `outcome = (call) => (['number', 'object'].includes(typeof (call.kwargs?.optimization ?? '')) ? { skipped: 'text' } : right(call));`,
    ['numbers', 'domain'],
    ['"domain":{"optimization":[null,"","1","2"]}'],
  ],
  [
    'paths that are no str',
    `hello.supports.push('values');
     const ours = (path) => typeof path === 'string' || path?.str; const both = path;
     outcome = (call) => (ours(call.args[0]) ? typeof (call.kwargs?.optimization ?? '') === 'boolean' || call.kwargs?.optimization?.float || call.kwargs?.optimization?.bytes ||  call.kwargs?.optimization?.list || call.kwargs?.optimization?.tuple ? { raise: 'ValueError' } : right(call) : { skipped: 'no str' });`,
    ['numbers', 'other types', 'domain'],
    ['"supports":["optimization","cache_tag"]'],
  ],
  [
    'a tag that is missing',
    `outcome = (call) => (call.env.cache_tag ? right(call) : { skipped: 'no tag' });`,
    ['interpreter', 'domain'],
    [
      '"domain":{"cache_tag":["cpython-312"]}',
      'Then these are not sent either, although it answers them: another cache tag, a cache tag beyond ASCII, a cache tag with surrogates.',
    ],
  ],
  [
    'names that are no identifiers, levels that it does not know, and other tags',
    `outcome = (call) =>
       (/^\\w+\\.py$/.test(call.args[0]) && call.env.cache_tag === 'cpython-312' && [undefined, null, 1, 2].includes(call.kwargs?.optimization)
         ? right(call) : { skipped: 'not for us' });`,
    ['text', 'numbers', 'interpreter', 'domain'],
    [
      '"domain":{"path":{"suffixes":[".py"],"names":"identifier"},"optimization":[null,1,2],"cache_tag":["cpython-312"]}',
    ],
  ],
  [
    'surrogates, with a domain of another kind',
    `hello.domain = { path: { suffixes: ['.py'] } };
     outcome = (call) => (JSON.stringify(call).includes('"str"') ? { skipped: 'no surrogates' } : right(call));`,
    ['text', 'interpreter', 'domain'],
    ['"domain":{"path":{"suffixes":[".py"]},"characters":"text"}'],
  ],
  [
    'nothing, and loses surrogates',
    String.raw`encoded = (points) => points.map((one) => String.fromCodePoint(one)).join('').toWellFormed();`,
    ['text', 'interpreter', 'domain'],
    [
      'It changes 3 texts with a surrogate or NUL. A check counts that as wrong.',
      '"domain":{"characters":"text"}',
    ],
  ],
];

describe('an adapter that declines', () => {
  test.concurrent.for(declines)('%s', async ([, mistake, warned, offered]) => {
    const results = await diagnose(smallAdapter(`const right = outcome; ${mistake}`));
    expect(inState(results, 'failure')).toEqual([]);
    expect(inState(results, 'warning')).toEqual(warned);
    const lines = named(results, 'domain').findings.map(({ text }) => text);
    for (const line of offered) expect(lines).toContainEqual(expect.stringContaining(line));
    expect(isWellFormed(results)).toBe(true);
  });

  test('the plainest call is tried with others', async () => {
    const results = await diagnose(
      smallAdapter(
        `const right = outcome; outcome = (call) => (call.args[0][0] === '/' ? right(call) : { skipped: 'relative' });`,
      ),
    );
    expect(textsOf(named(results, 'one call'))).toBe(
      `It declines the simplest call (relative), but answers cache_from_source('/plain_name.py'). A check makes such calls, and a declined call makes it end with exit code 3. If it is only for such calls, say so in the hello; the remaining steps assume that it does:
"domain":{"path":{"form":"absolute"}}`,
    );
    expect(named(results, 'numbers')).toMatchObject({ state: 'ok' });
    expect(named(results, 'domain').findings.map(({ text }) => text)).toContain(
      '"domain":{"path":{"form":"absolute"},"characters":"text"}',
    );
  });

  test('everything is told so, and is offered nothing', async () => {
    const results = await diagnose(smallAdapter(`outcome = () => ({ unsupported: 'cwd' });`));
    expect(textsOf(named(results, 'one call'))).toMatch(
      /^It declines the simplest call \(unsupported: cwd\)\. .* with exit code 3\./,
    );
    expect(named(results, 'text').text).toBe('none of 14 kinds; it declines 14');
    expect(named(results, 'interpreter').text).toMatch(/^none of 14 kinds; it declines 5; the others need /);
    expect(named(results, 'domain').findings).toHaveLength(1);
    expect(isWellFormed(results)).toBe(true);
  });
});

/** `deadline` is the time limit that is exceeded. */
type AtOnce = readonly [
  name: string,
  step: string,
  mistake: string,
  said: readonly string[],
  deadline?: Partial<Deadlines>,
];

/** Mistakes that end the examination: the step, the mistake, and what the doctor says. */
const atOnce: readonly AtOnce[] = [
  [
    'prints a banner to stdout',
    'hello',
    `process.stdout.write('Small 1.0 is ready.\\n');`,
    ['a line that is not JSON: "Small 1.0 is ready."', 'Was it meant for stderr?'],
  ],
  [
    'prints before its reply',
    'hello',
    `lineOf = (json) => 'reply: ' + JSON.stringify(json) + '\\n';`,
    ['It looks like a reply with something printed before it.'],
  ],
  [
    'holds its replies back',
    'hello',
    `let held = ''; write = (json) => { held += lineOf(json); }; end = () => process.stdout.write(held, () => process.exit(0));`,
    ['did not answer within', 'It did answer when its stdin was closed', 'flush its stdout after each line'],
    { hello: 1000 },
  ],
  [
    'answers nothing at all',
    'hello',
    `write = () => {}; end = () => setInterval(() => {}, 1000);`,
    ['did not answer within', 'Nothing appeared on its stdout. Does it flush'],
    { hello: 1000, bye: 300 },
  ],
  [
    'ends no line',
    'hello',
    `lineOf = (json) => JSON.stringify(json);`,
    ['did not answer within', 'without a line end. End each reply with \\n.'],
    { hello: 1000 },
  ],
  [
    'writes JSON over many lines',
    'hello',
    `lineOf = (json) => JSON.stringify(json, null, 2) + '\\n';`,
    ['a line that is not JSON: "{"', 'write each reply on one line, without indentation'],
  ],
  [
    'writes a dict as Python shows it',
    'hello',
    `lineOf = () => "{'protocol': 1}\\n";`,
    ['It looks like the repr of a dict'],
  ],
  [
    'writes UTF-16',
    'hello',
    `lineOf = (json) => Buffer.from(JSON.stringify(json) + '\\n', 'utf16le');`,
    ['It looks like UTF-16'],
  ],
  [
    'begins with a mark',
    'hello',
    `lineOf = (json) => '\\uFEFF' + JSON.stringify(json) + '\\n';`,
    ['a byte order mark'],
  ],
  ['says another protocol', 'hello', `hello.protocol = 2;`, ['it speaks protocol 2 instead of 1']],
  [
    'names a release in two numbers',
    'hello',
    `hello.python = '3.12';`,
    ['not three numbers', 'Give a release with three numbers: "3.12.0" if the third does not matter.'],
  ],
  [
    'forgets what is fixed',
    'hello',
    `delete hello.fixed;`,
    ['"fixed" must give its value', 'For example, "fixed":{"optimize":0}.'],
  ],
  [
    'names a feature that is none',
    'hello',
    `hello.supports.push('pycache');`,
    ['supports "pycache", which is not a feature'],
  ],
  [
    'ends before hello',
    'hello',
    `console.error('no such module'); process.exit(3);`,
    ['ended with exit code 3 before it received bye'],
  ],
  [
    'ends at hello without an error',
    'hello',
    `take = () => process.exit(0);`,
    ['It ended by itself. It must read lines'],
  ],
  [
    'answers hello with outcomes',
    'hello',
    `reply = ({ seq = 1 }) => ({ seq, outcomes: [] });`,
    ['It answered hello with outcomes: does it look at "op"?'],
  ],
  [
    'ends after hello',
    'one call',
    `write = (json) => process.stdout.write(lineOf(json), () => process.exit(0));`,
    ['ended with exit code 0', 'It must keep reading lines until bye'],
  ],
  [
    'reads one line and no more',
    'one call',
    `let isFirst = true; const right = take; take = (line) => { if (isFirst) right(line); isFirst = false; };`,
    ['did not answer within', 'Does it keep reading after hello'],
    { call: 300 },
  ],
  [
    'ends within a line',
    'one call',
    `const right = reply; reply = (request) => { if (request.op === 'hello') return right(request); process.stdout.write('{"seq":1,'); process.exit(1); };`,
    ['ended with exit code 1', 'It ended in the middle of a line: "{\\"seq\\":1,".'],
  ],
  [
    'answers calls with hello',
    'one call',
    `reply = () => hello;`,
    ['It answered calls with a hello: does it look at "op"?'],
  ],
  [
    'answers with another number',
    'one call',
    `const right = reply; reply = (request) => ({ ...right(request), ...(request.seq ? { seq: 0 } : {}) });`,
    ['it answered message 0 instead of 1'],
  ],
  [
    'gives outcomes as an object',
    'one call',
    `outcomes = (calls) => outcome(calls[0]);`,
    ['outcomes are not a list', 'outcomes must be a list, even for a single call.'],
  ],
  [
    'gives an outcome without a list',
    'one call',
    `const right = reply; reply = (request) => (request.op === 'hello' ? hello : { seq: request.seq, ...outcome(request.calls[0]) });`,
    ['Outcomes must be in a list, even if there is only one'],
  ],
  [
    'gives a bare path',
    'one call',
    `outcome = () => 'a.pyc';`,
    ['Send what the function returned as {"return":"…"}.'],
  ],
  ['gives a bare float', 'one call', `outcome = () => ({ return: 1.5 });`, ['write {"float":"…"}']],
  [
    'gives a float that is no text',
    'one call',
    `outcome = () => ({ return: { float: 1.5 } });`,
    ['Send the digits of an int or a float as a string: {"float":"1.0"}.'],
  ],
  [
    'gives what JSON does not have',
    'one call',
    `const right = lineOf; lineOf = (json) => (json.seq ? '{"seq":1,"outcomes":[{"return":NaN}]}\\n' : right(json));`,
    ['JSON has no NaN and no Infinity'],
  ],
  [
    'ends a line twice',
    'one call',
    `const right = lineOf; lineOf = (json) => (json.seq ? '\\n' + right(json) : right(json));`,
    ['The line is empty: does it end its lines twice?'],
  ],
  [
    'writes two replies in a line',
    'one call',
    `const right = lineOf; lineOf = (json) => (json.seq ? '{"seq":1}{"seq":1}\\n' : right(json));`,
    ['It looks like two replies on one line: end each with \\n.'],
  ],
  [
    'writes Latin-1',
    'one call',
    `const right = lineOf; outcome = () => ({ return: 'caf\\u00e9.pyc' }); lineOf = (json) => Buffer.from(right(json), 'latin1');`,
    ['not UTF-8', 'Read as Latin-1 it is "{\\"seq\\":1,\\"outcomes\\":[{\\"return\\":\\"café.pyc\\"}]}"'],
  ],
  [
    'fails and says so',
    'one call',
    `outcome = () => ({ error: 'no memory' });`,
    ['The adapter reports that it failed: no memory.'],
  ],
  [
    'does not support what it claims',
    'one call',
    `outcome = () => ({ unsupported: 'cache_tag' });`,
    ['Its hello says that it supports cache_tag'],
  ],
  [
    'has a domain in which nothing lies',
    'hello',
    `hello.domain = { path: { suffixes: [] } };`,
    ["hello's domain's path suffixes is an empty list, so that no call lies inside"],
  ],
  [
    'has a domain with a key that there is not',
    'hello',
    `hello.domain = { suffixes: ['.py'] };`,
    [
      'hello\'s domain has the key "suffixes", which is none of path, pycache_prefix, cwd, optimization, cache_tag, optimize, characters',
    ],
  ],
  [
    'has a domain that contradicts what it is fixed at',
    'hello',
    `hello.domain = { optimize: [1] };`,
    ['hello\'s domain does not list the optimize that the hello has under "fixed"'],
  ],
];

describe('an adapter is told at once that it', () => {
  test.concurrent.for(atOnce)('%s', async ([, step, mistake, said, deadline]) => {
    const results = await diagnose(smallAdapter(mistake), deadline);
    const failed = results.find(({ state }) => state === 'failure')!;
    expect(failed.step).toBe(step);
    const text = textsOf(failed);
    for (const words of said) expect(text).toContain(words);
    expect(text).not.toContain('pycache-spec doctor');
    expect(inState(results, 'not tried')).toEqual(names.slice(names.indexOf(step) + 1));
    expect(isWellFormed(results)).toBe(false);
  });

  test('echoes its input', async () => {
    const results = await diagnose([process.execPath, '-e', 'process.stdin.pipe(process.stdout)']);
    expect(textsOf(named(results, 'hello'))).toContain('It echoes its input.');
  });

  test('is shown what it printed before it failed', async () => {
    const results = await diagnose(smallAdapter(`console.error('no such module'); process.exit(3);`));
    expect(named(results, 'hello').findings.at(-1)).toMatchObject({
      is: 'failure',
      stderr: 'no such module\n',
    });
  });
});

/**
 * Mistakes after which the examination goes on: the steps that fail or warn, the mistake, and what the doctor says at
 * the first of them.
 */
const inTime: ReadonlyArray<
  readonly [
    name: string,
    failed: readonly string[],
    warned: readonly string[],
    mistake: string,
    said: readonly string[],
    deadline?: Partial<Deadlines>,
  ]
> = [
  [
    'gives None',
    [],
    ['one call'],
    `outcome = () => ({ return: null });`,
    ['The function always returns a str'],
  ],
  [
    'gives a path object',
    [],
    ['one call'],
    `outcome = (call) => ({ return: { path: path(call) } });`,
    ['The function always returns a str'],
  ],
  [
    'raises at everything',
    [],
    ['one call'],
    `outcome = () => ({ raise: 'OSError' });`,
    ['does the adapter reach the function?'],
  ],
  [
    'gives the same path always',
    [],
    ['one call'],
    `outcome = () => ({ return: 'same.pyc' });`,
    ['it is not possible to tell whether values arrive unchanged'],
  ],
  [
    'dies of a surrogate',
    ['text', 'interpreter'],
    [],
    `const right = pointsOf; pointsOf = (text) => (text.str ? process.exit(7) : right(text));`,
    [
      String.raw`a lone surrogate, cache_from_source('a\ud800b\udc80.py') (sent as {"str":[97,55296,98,56448,46,112,121]}): The adapter ended with exit code 7`,
      'two surrogates as separate code points, ',
    ],
  ],
  [
    'dies of a long int',
    ['numbers'],
    [],
    `integer = () => process.exit(7);`,
    [
      'an int beyond 2^53, ',
      '(sent as {"int":"9007199254740993"}): The adapter ended',
      'an int of 4,000 digits, ',
    ],
  ],
  [
    'reads a long int as a float',
    [],
    ['numbers'],
    `integer = ({ int }) => (int.length > 300 ? 'inf' : String(BigInt(Number(int))));`,
    [
      "an int beyond 2^53: sent 9007199254740993, got 'a.cpython-312.opt-9007199254740992': its digits were converted through a float, on the way",
      'an int of 4,000 digits: ',
    ],
  ],
  [
    'loses surrogates',
    [],
    ['text', 'interpreter', 'domain'],
    String.raw`encoded = (points) => points.map((one) => String.fromCodePoint(one)).join('').toWellFormed().replaceAll('\uFFFD', '?');`,
    [
      String.raw`a lone surrogate: sent 'a\ud800b\udc80.py', got 'a?b?.cpython-312': surrogates became "?", on the way, in the adapter or in what it calls.`,
      'two surrogates as separate code points: ',
      'became one character, as in UTF-16',
    ],
  ],
  [
    'reads UTF-8 as Latin-1',
    [],
    ['text', 'interpreter'],
    `const right = encoded; encoded = (points) => (points.some((one) => one >= 0xd800 && one < 0xe000) ? right(points) : Buffer.from(points.map((one) => String.fromCodePoint(one)).join('')).toString('latin1'));`,
    ['beyond ASCII: ', 'its UTF-8 was read as Latin-1'],
  ],
  [
    'cuts at NUL',
    [],
    ['text', 'domain'],
    `const right = pointsOf; pointsOf = (text) => { const points = right(text); const at = points.indexOf(0); return at < 0 ? points : [...points.slice(0, at), ...right('.py')]; };`,
    ['NUL: ', 'it was truncated at NUL'],
  ],
  [
    'raises at NUL',
    [],
    ['text', 'domain'],
    `const right = outcome; outcome = (call) => (String(call.args[0]).includes('\\0') ? { raise: 'ValueError' } : right(call));`,
    ["NUL: sent 'before\\x00after.py', but no path was returned: raises ValueError."],
  ],
  [
    'answers in another order',
    ['many calls', 'ahead'],
    [],
    `outcomes = (calls) => calls.map(outcome).reverse();`,
    ['Outcome 1 belongs to call 1000: outcomes must be in the order of their calls.'],
  ],
  [
    'drops what it has read too far',
    ['ahead'],
    [],
    // Everything that arrives while it sleeps is read in one piece.
    `receive = (chunk) => { take(chunk.slice(0, chunk.indexOf('\\n'))); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); };
     const whole = take; take = (line) => { partial = ''; whole(line); };
     listen = () => { const fs = require('node:fs'); let text = '';
       for (;;) { const bytes = Buffer.alloc(1 << 22); let size = 0;
         try { size = fs.readSync(0, bytes); } catch { continue; }
         if (size === 0) process.exit(0);
         text += bytes.subarray(0, size);
         if (text.endsWith('\\n')) { const now = text; text = ''; receive(now); } } };
     write = (json) => require('node:fs').writeSync(1, lineOf(json));`,
    ['did not answer within', 'Nothing more appeared'],
    { message: 4000 },
  ],
  [
    'refuses a key that it does not know',
    ['unknown key'],
    [],
    `const right = reply; reply = (request) => ('later' in request ? process.exit(9) : right(request));`,
    ['ended with exit code 9'],
  ],
  [
    'says another hello each time',
    ['restart'],
    [],
    `hello.implementation.version = String(process.pid);`,
    ['it sends a different hello. It must send the same hello each time'],
  ],
  [
    'fails at bye',
    ['bye'],
    [],
    `bye = () => process.exit(5);`,
    ['After bye, the adapter ended with exit code 5'],
  ],
  [
    'speaks after bye',
    ['bye'],
    [],
    `bye = () => process.stdout.write('Goodbye!\\n', () => process.exit(0));`,
    ['without a request: "Goodbye!"'],
  ],
  [
    'stays when its input ends',
    [],
    ['end of input'],
    `end = () => setInterval(() => {}, 1000);`,
    ['It keeps running when its stdin is closed without a bye', 'Make it exit at the end of its input.'],
    { bye: 1000 },
  ],
  [
    'claims warnings and gives none',
    [],
    ['claims'],
    `hello.supports.push('warnings', 'debug_override');`,
    ['It supports warnings, but reported none'],
  ],
  [
    'warns once only',
    [],
    ['claims'],
    `hello.supports.push('warnings', 'debug_override');
     let warned = false; const right = outcome;
     outcome = (call) => { if (warned || !call.kwargs?.debug_override) return right(call); warned = call.kwargs.debug_override === true && call.args[0] === 'a.py'; return { ...right(call), warnings: [{ category: 'DeprecationWarning' }] }; };
     const many = outcomes; outcomes = (calls) => { if (calls.length === 2) warned = false; return many(calls); };`,
    ['It reported a warning for the first of two equal calls, but not for the second'],
  ],
  [
    'claims messages and gives none',
    ['claims'],
    [],
    `hello.supports.push('messages'); const right = outcome; outcome = (call) => (call.kwargs?.optimization === '_' ? { raise: 'ValueError' } : right(call));`,
    ['It supports messages, but the ValueError for', 'has none'],
  ],
  [
    'supports a prefix without a working directory',
    [],
    ['hello'],
    `hello.supports.push('pycache_prefix');`,
    ['no call with a prefix can be made'],
  ],
  [
    'is of an old Python',
    [],
    ['hello'],
    `hello.python = '2.7.18';`,
    ['Python 2.7.18 is older than 3.4.0, the oldest release specified'],
  ],
];

describe('an adapter that goes on is told that it', () => {
  test.concurrent.for(inTime)('%s', async ([, failed, warned, mistake, said, deadline]) => {
    const results = await diagnose(smallAdapter(mistake), deadline);
    expect({ failed: inState(results, 'failure'), warned: inState(results, 'warning') }).toEqual({
      failed,
      warned,
    });
    const text = textsOf(named(results, [...failed, ...warned][0]!));
    for (const words of said) expect(text).toContain(words);
    expect(isWellFormed(results)).toBe(failed.length === 0);
  });

  test('fails again and again, and is then left alone', async () => {
    const results = await diagnose(
      smallAdapter(
        `const right = outcome; outcome = (call) => (call.args[0] === 'plain_name.py' ? right(call) : process.exit(7));`,
      ),
    );
    expect(inState(results, 'failure')).toEqual(['text', 'numbers', 'interpreter']);
    const { findings } = named(results, 'text');
    expect(findings).toHaveLength(4);
    expect(findings.at(-1)!.text).toMatch(/^Not tried: a lone surrogate, /);
    expect(named(results, 'many calls')).toMatchObject({
      state: 'not tried',
      text: 'the adapter failed in 3 steps',
    });
  });

  test('is slow, and is asked less', async () => {
    const slow = `const right = outcome; outcome = (call) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); return right(call); };`;
    const results = await diagnose(smallAdapter(slow), { message: 1500 });
    expect(inState(results, 'failure')).toEqual([]);
    const [, asked] = /^(\d+) calls in one message$/.exec(named(results, 'many calls').text)!;
    expect(Number(asked)).toBeLessThan(150);
    expect(textsOf(named(results, 'throughput'))).toContain('check with a longer --timeout');
  });
});

test('nothing that was started is left behind', async () => {
  const results = await diagnose(
    smallAdapter(
      `hello.implementation.version = String(process.pid); end = () => setInterval(() => {}, 1000);`,
    ),
    { bye: 1000 },
  );
  const pid = Number(/^small (\d+),/.exec(named(results, 'hello').text)![1]);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(named(results, 'end of input').state).toBe('warning');
});

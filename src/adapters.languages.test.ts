/*
 * Builds the adapters to copy as their headers say, and checks that they are right within their domains. With a wrong
 * function in place of theirs, the check must name the broken rule. If a compiler or a library is missing, its tests
 * are skipped by name.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { wholly } from '../fixtures/effort.ts';
import { adapterPath } from './cli/adapter.ts';
import { runCommand } from './cli/testing.ts';
import { documentOf } from './documents/testing.ts';

/** A piece of the function, a wrong replacement, and the rules one of which must be named. */
type Wrong = readonly [what: string, piece: string, instead: string, ...rules: string[]];

type Language = {
  readonly name: string;
  /** What an author has besides the file, with the command that creates or finds it. */
  readonly needs: ReadonlyArray<readonly [part: string, command: string]>;
  readonly wrong: readonly Wrong[];
};

const languages: readonly Language[] = [
  {
    name: 'c',
    needs: [
      ['C compiler', 'cc --version'],
      ['Jansson', 'echo "#include <jansson.h>" | cc -fsyntax-only -x c -'],
    ],
    wrong: [
      [
        'the first dot ends the name',
        "strrchr(name, '.')",
        "strchr(name, '.')",
        'path-last-dot-ends-the-name',
      ],
      ['no level has a segment', 'level > 0', 'level >= 0', 'opt-empty-adds-no-segment'],
      [
        'the segment stands before the tag',
        'tag, segment)',
        'segment + (*segment != 0), tag)',
        'tag-follows-the-name',
      ],
      [
        'the directory is lost',
        'folder = (int)(name - source)',
        'folder = 0',
        'path-cache-folder-beside-source',
      ],
      ['the extension is kept', '(int)(dot - name)', '(int)strlen(name)', 'path-last-dot-ends-the-name'],
    ],
  },
  {
    name: 'go',
    needs: [['Go', 'go mod init example.org/tool']],
    wrong: [
      [
        'the letters of the extension are cut',
        'TrimSuffix(file, path.Ext(file))',
        'TrimRight(file, ".py")',
        'path-last-dot-ends-the-name',
      ],
      [
        'level 2 is level 1',
        'fmt.Sprintf(".opt-%d", level)',
        '".opt-1"',
        'opt-text-becomes-segment',
        'opt-integer-by-its-digits',
      ],
      [
        'there is no cache folder',
        'path.Join(dir, "__pycache__", ',
        'path.Join(dir, ',
        'path-without-directory',
        'path-cache-folder-beside-source',
      ],
      [
        'the extension is kept',
        'strings.TrimSuffix(file, path.Ext(file))',
        'strings.Clone(file)',
        'path-last-dot-ends-the-name',
      ],
      ['the file ends in .pyo', 'name+".pyc"', 'name+".pyo"', 'path-ends-in-pyc'],
    ],
  },
  {
    name: 'java',
    needs: [
      ['Java compiler', 'javac -version && java -version'],
      ['Gson', 'ln -s /usr/share/java/gson.jar . && test -e gson.jar'],
    ],
    wrong: [
      [
        'an empty text is compared by identity',
        'optimization.isEmpty()',
        'optimization == ""',
        'opt-empty-adds-no-segment',
      ],
      [
        'the name is in lower case',
        'source.substring(name, dot)',
        'source.substring(name, dot).toLowerCase()',
        'path-characters-pass-unchanged',
      ],
      ['the tag is joined by a dash', '"." + tag', '"-" + tag', 'tag-follows-the-name'],
      ['the directory is lost', 'source.substring(0, name) + ', '', 'path-cache-folder-beside-source'],
      [
        'the first dot ends the name',
        "source.lastIndexOf('.')",
        "source.indexOf('.', name)",
        'path-last-dot-ends-the-name',
      ],
    ],
  },
  {
    name: 'javascript',
    needs: [],
    wrong: [
      [
        'an absolute directory replaces the prefix',
        'posix.join(prefix,',
        'posix.resolve(prefix,',
        'prefix-replaces-the-cache-folder',
      ],
      [
        'a prefix is joined without a separator',
        'posix.join(prefix, dir, file)',
        'posix.join(prefix + dir.slice(1), file)',
        'prefix-replaces-the-cache-folder',
      ],
      [
        'the directory is lost below a prefix',
        'posix.join(prefix, dir, file)',
        'posix.join(prefix, file)',
        'prefix-replaces-the-cache-folder',
      ],
      ['no level has a segment', "level === 0 ? ''", "level === undefined ? ''", 'opt-empty-adds-no-segment'],
      [
        'the first dot ends the name',
        '${name}.${tag}',
        "${name.split('.')[0]}.${tag}",
        'path-last-dot-ends-the-name',
      ],
    ],
  },
  {
    name: 'rust',
    needs: [
      ['Rust', 'cargo init --lib --vcs none --name tool'],
      // Some releases of Rust are too old for serde_json.
      ['serde_json', 'cargo add --dev serde_json && cargo build --tests'],
    ],
    wrong: [
      ['the extension is kept', 'file_stem()', 'file_name()', 'path-last-dot-ends-the-name'],
      [
        'no level has a segment',
        '0 => String::new()',
        'u64::MAX => String::new()',
        'opt-empty-adds-no-segment',
      ],
      [
        'the first dot ends the name',
        'file_stem()?.to_str()?',
        "file_name()?.to_str()?.split('.').next()?",
        'path-last-dot-ends-the-name',
      ],
      [
        'the segment stands before the tag',
        '{stem}.{tag}{segment}',
        '{stem}{segment}.{tag}',
        'tag-follows-the-name',
      ],
      [
        'the directory is lost',
        'source.parent()?.join',
        'Path::new("").join',
        'path-cache-folder-beside-source',
      ],
    ],
  },
];

/** The instructions in an adapter's header. */
function toldBy(source: string): {
  readonly file: string;
  readonly build: readonly string[];
  readonly command: string;
} {
  const lines = [...source.matchAll(/^(?: \*|\/\/!?)(?: {5}|\t)(.+)$/gm)].map(([, line]) => line!);
  return {
    file: /[Cc]opy it to `?([\w/.-]+\w)/.exec(source)![1]!,
    build: lines.slice(0, -1),
    command: /^npx pycache-spec check -- (.+)$/.exec(lines.at(-1)!)![1]!,
  };
}

const shell = (command: string, cwd: string): Promise<unknown> =>
  promisify(execFile)('sh', ['-c', command], { cwd, timeout: 100_000 });

/** Prepares a folder. Returns the first part that is not available. */
async function missingIn(folder: string, needs: Language['needs']): Promise<string | undefined> {
  for (const [part, command] of needs) {
    try {
      await shell(command, folder);
    } catch {
      return part;
    }
  }
  return undefined;
}

const home = mkdtempSync(join(tmpdir(), 'languages-'));
afterAll(() => rmSync(home, { recursive: true }));

const prepared = await Promise.all(
  languages.map(async (language) => {
    const folder = join(home, language.name);
    mkdirSync(folder);
    return { ...language, folder, missing: await missingIn(folder, language.needs) };
  }),
);

describe.each(prepared)('the adapter to copy, $name', ({ name, folder, missing, wrong }) => {
  const source = readFileSync(adapterPath(name)!, 'utf8');
  const { file, build, command } = toldBy(source);
  const without = missing === undefined ? '' : ` (there is no ${missing} on this machine)`;
  const testBuilt = missing === undefined ? test : test.skip;

  let built = '';

  /** Builds the adapter and runs a command on it. */
  async function ask(text: string, ...args: readonly string[]): ReturnType<typeof runCommand> {
    if (text !== built) {
      const copy = join(folder, file);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, text);
      for (const line of build) await shell(line, folder);
      built = text;
    }
    return runCommand([...args, '--', ...command.split(' ')], { cwd: folder });
  }

  test('is told of on the page for implementers as in its header', () => {
    const row = documentOf('spec/implementers.md')
      .text.split('\n')
      .find((line) => line.includes(`| \`${name}\` |`));
    for (const told of [file, ...build, command]) expect(row).toContain(`\`${told}\``);
  });

  testBuilt(`is well-formed${without}`, async () => {
    const { code, out } = await ask(source, 'doctor');
    expect(out).toMatch(/^well-formed: \d+ steps tried, \d+ not tried; /m);
    expect(code).toBe(0);
  });

  testBuilt.each(wholly ? ['1', '2'] : ['1'])(
    `is conformant within its domain, seed %s${without}`,
    async (seed) => {
      const { code, out } = await ask(source, 'check', '--seed', seed);
      expect(out).toMatch(/^conformant within its domain: \d\d rules hold, /m);
      expect(code).toBe(0);
    },
  );

  testBuilt.each(wholly ? wrong : wrong.slice(0, 2))(
    `is not where %s${without}`,
    async (_, piece, instead, ...rules) => {
      expect(source.split(piece)).toHaveLength(2);
      const { code, out } = await ask(
        source.replace(piece, () => instead),
        'check',
        '--seed',
        '1',
        '--report',
        'json=-',
      );
      const { faults } = JSON.parse(out) as { readonly faults: ReadonlyArray<{ readonly rule: string }> };
      expect(rules).toContain(faults[0]?.rule);
      expect(code).toBe(1);
    },
  );
});

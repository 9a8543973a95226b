/* Scripts with which a shell completes the command, generated from the table for bash, zsh and fish. */
import { readChapters } from '../conformance/chapters.ts';
import { entries, global, help, type Entry, type Offer, type Option } from './table.ts';
import { didYouMean } from './nearest.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

/** What is looked up when the script is generated. */
type Known = { readonly rules: readonly string[]; readonly chapters: readonly string[] };

const shells: Readonly<Record<string, (known: Known) => string>> = { bash: inBash, zsh: inZsh, fish: inFish };

export const completion = {
  run(args: readonly string[]): number {
    const [shell, ...others] = readOptions('completion', args).positionals;
    noPositionals(others);
    const names = Object.keys(shells);
    if (shell === undefined)
      throw new UsageError(`completion takes the name of a shell: ${names.join(', ')}`);
    if (!Object.hasOwn(shells, shell)) {
      const meant = didYouMean(shell, names);
      throw new UsageError(
        `there is no completion for '${shell}'${meant || `; the shells are ${names.join(', ')}`}`,
      );
    }
    const chapters = readChapters();
    process.stdout.write(
      shells[shell]!({
        rules: chapters.flatMap(({ rules }) => rules.map(({ id }) => id)),
        chapters: chapters.map(({ name }) => name.replace(/^\d+-/, '')),
      }),
    );
    return 0;
  },
};

/** The options of a command, including those that every command has. */
const allOptions = ({ options }: Entry): Array<readonly [string, Option]> =>
  Object.entries<Option>({ ...options, help });

const formsOf = (name: string, { short }: Option): string[] => [
  ...(short === undefined ? [] : [`-${short}`]),
  `--${name}`,
];

/** The words that an offer stands for; undefined if the shell itself knows them. */
function wordsOf(offer: Offer, { rules, chapters }: Known): readonly string[] | undefined {
  if (offer === 'rule') return rules;
  if (offer === 'chapter') return chapters;
  return typeof offer === 'string' ? undefined : offer;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function inBash(known: Known): string {
  const offering = (offer: Offer | undefined): string => {
    if (offer === undefined) return ':';
    const words = wordsOf(offer, known);
    if (words !== undefined) return `_pycache_spec_words ${quoted(words.join(' '))}`;
    return `_pycache_spec_names ${{ file: '-f', folder: '-d', program: '-c' }[offer as 'file' | 'folder' | 'program']}`;
  };
  const values = entries.flatMap(([name, entry]) =>
    allOptions(entry).flatMap(([option, its]) => {
      if (its.type === 'boolean') return [];
      const patterns = formsOf(option, its).map((form) => quoted(`${name} ${form}`));
      // The text before a second = is one of the words.
      const files = Array.isArray(its.offers)
        ? (its.offers as readonly string[])
            .filter((word) => word.endsWith('='))
            .map((word) => quoted(`${name} ${word.slice(0, -1)}`))
        : [];
      return [
        `    ${patterns.join(' | ')}) ${offering(its.offers)}; return ;;`,
        ...(files.length === 0 ? [] : [`    ${files.join(' | ')}) _pycache_spec_names -f; return ;;`]),
      ];
    }),
  );
  const options = entries.map(
    ([name, entry]) =>
      `      ${name}) _pycache_spec_words ${quoted(
        allOptions(entry)
          .flatMap(([option, its]) => formsOf(option, its))
          .join(' '),
      )} ;;`,
  );
  const operands = entries
    .filter(([, { offers }]) => offers !== undefined)
    .map(([name, { offers }]) => `      ${name}) ${offering(offers)} ;;`);
  const running = entries.filter(([, { adapter }]) => adapter === true).map(([name]) => name);
  const first = Object.entries<Option>(global).flatMap(([name, option]) => formsOf(name, option));
  return `# Completion of pycache-spec for bash, as 'pycache-spec completion bash' prints it.

_pycache_spec_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
  [[ \${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *= ]] && compopt -o nospace 2>/dev/null
}

_pycache_spec_names() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}

_pycache_spec() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} i
  COMPREPLY=()
  # Of --option=value bash makes three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)); then
    if [[ $cur == -* ]]; then
      _pycache_spec_words ${quoted(first.join(' '))}
    else
      _pycache_spec_words ${quoted(entries.map(([name]) => name).join(' '))}
    fi
    return
  fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} == -- ]]; then
      case $command in
        ${running.join(' | ')}) if ((i == COMP_CWORD - 1)); then _pycache_spec_names -c; else _pycache_spec_names -f; fi ;;
        *) _pycache_spec_names -f ;;
      esac
      return
    fi
  done
  case "$command $prev" in
${values.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${options.join('\n')}
    esac
  else
    case $command in
${operands.join('\n')}
    esac
  fi
}

complete -F _pycache_spec pycache-spec
`;
}

function inZsh(known: Known): string {
  const said = (text: string): string => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  const offering = (offer: Offer | undefined): string => {
    if (offer === undefined) return ' ';
    const words = wordsOf(offer, known);
    if (words !== undefined) return `(${words.map((word) => said(word)).join(' ')})`;
    return { file: '_files', folder: '_files -/', program: '_command_names -e' }[
      offer as 'file' | 'folder' | 'program'
    ];
  };
  const specs = ({ takes, offers, ...entry }: Entry): string[] => [
    ...allOptions({ takes, ...entry }).flatMap(([option, its]) => {
      const isFlag = its.type === 'boolean';
      const value = isFlag ? '' : `:${said(its.value!)}:${offering(its.offers)}`;
      return formsOf(option, its).map(
        (form) => `${its.multiple === true ? '*' : ''}${form}${isFlag ? '' : '='}[${said(its.says)}]${value}`,
      );
    }),
    ...(offers === undefined ? [] : [`*:${said(takes.split(' ')[0]!)}:${offering(offers)}`]),
  ];
  const running = entries.filter(([, { adapter }]) => adapter === true).map(([name]) => name);
  return `#compdef pycache-spec
# Completion of pycache-spec for zsh, as 'pycache-spec completion zsh' prints it.

_pycache_spec() {
  local -a names
  if (( CURRENT == 2 )); then
    if [[ $words[2] == -* ]]; then
      _arguments ${Object.entries<Option>(global)
        .flatMap(([name, option]) =>
          formsOf(name, option).map((form) => quoted(`${form}[${said(option.says)}]`)),
        )
        .join(' ')}
    else
      names=(
${entries.map(([name, { says }]) => `        ${quoted(`${name}:${says.replaceAll(':', String.raw`\:`)}`)}`).join('\n')}
      )
      _describe command names
    fi
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    ${running.join('|')})
      # What follows -- is a command line of its own.
      local at=\${words[(i)--]}
      if (( at < CURRENT )); then
        shift at words
        (( CURRENT -= at ))
        _normal
        return
      fi ;;
  esac
  case $command in
${entries
  .map(
    ([name, entry]) =>
      `    ${name}) _arguments ${specs(entry)
        .map((spec) => quoted(spec))
        .join(' ')} ;;`,
  )
  .join('\n')}
  esac
}

if [[ $funcstack[1] == _pycache-spec ]]; then
  _pycache_spec "$@"
else
  compdef _pycache_spec pycache-spec
fi
`;
}

function inFish(known: Known): string {
  const escaped = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const offering = (offer: Offer | undefined): string => {
    if (offer === undefined) return '';
    const words = wordsOf(offer, known);
    if (words !== undefined) return ` -a ${escaped(words.join(' '))}`;
    return {
      file: ' -F',
      folder: " -a '(__fish_complete_directories)'",
      program: " -a '(__fish_complete_command)'",
    }[offer as 'file' | 'folder' | 'program'];
  };
  const own = 'complete -c pycache-spec';
  const lines = entries.flatMap(([name, entry]) => {
    const here = (condition: string): string => `${own} -n ${escaped(`__pycache_spec_${condition} ${name}`)}`;
    return [
      ...allOptions(entry).map(([option, { short, type, offers, says }]) => {
        const value = type === 'boolean' ? '' : ` ${offers === 'file' ? '-r' : '-x'}${offering(offers)}`;
        return `${here('at')}${short === undefined ? '' : ` -s ${short}`} -l ${option}${value} -d ${escaped(says)}`;
      }),
      ...(entry.offers === undefined ? [] : [`${here('at')}${offering(entry.offers)}`]),
      ...(entry.adapter === true ? [`${here('within')} -F -a '(__fish_complete_command)'`] : []),
    ];
  });
  const first = `${own} -n __pycache_spec_first`;
  return `# Completion of pycache-spec for fish, as 'pycache-spec completion fish' prints it.

function __pycache_spec_first
    test (count (commandline -opc)) -eq 1
end

function __pycache_spec_at
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]; and not contains -- -- $words
end

function __pycache_spec_within
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]; and contains -- -- $words
end

${[
  `${own} -f`,
  ...Object.entries<Option>(global).map(
    ([name, { short, says }]) =>
      `${first}${short === undefined ? '' : ` -s ${short}`} -l ${name} -d ${escaped(says)}`,
  ),
  ...entries.map(([name, { says }]) => `${first} -a ${name} -d ${escaped(says)}`),
  ...lines,
].join('\n')}
`;
}

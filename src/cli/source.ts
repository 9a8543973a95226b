import { encodeValue, toLine, type Json } from '../conformance/codec.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { named, type Named } from '../names-in-the-wild.ts';
import { plainState, type State } from '../python/interpreter.ts';
import { implementationNames } from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import { batches, outcomeJson, pass, requirePaths, type Written } from './path.ts';
import { readTag, readTarget } from './target.ts';
import { readOptions } from './usage.ts';

export const source = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions('source', args);
    requirePaths('source takes a FILE', positionals);
    const target = readTarget(values);
    const prefix = values['pycache-prefix'];
    const state: State = {
      ...plainState(target.version, target.platform),
      cacheTag: readTag(values, target.version),
      pycachePrefix: prefix === undefined ? null : str(prefix),
    };
    const terminator = values.null ? '\0' : '\n';
    let lacking = false;
    for await (const { paths, where } of batches(positionals, values.null, target.platform)) {
      const to: Written = { out: '', err: '' };
      for (const [i, path] of paths.entries()) {
        const found = named(path, state, target);
        if (found.source === undefined) lacking = true;
        if (values.json) to.out += `${toLine(asJson(path, found))}\n`;
        else {
          if (found.source !== undefined) to.out += `${found.source.units}${terminator}`;
          const said = remarks(found);
          if (said.length > 0) to.err += `pycache-spec: ${where(i)}${said.join('; ')}\n`;
        }
      }
      if (!(await pass(to))) break;
    }
    return lacking ? exitCodes.broken : 0;
  },
};

/** Where the source differs from Python's answer, and who writes such names. */
function remarks({ python, source, writer, remark }: Named): string[] {
  const answered =
    python.kind === 'raise'
      ? `Python raises ${python.type}: ${python.message?.units}`
      : source !== undefined && !source.equals(python.value as Str)
        ? `Python answers ${(python.value as Str).units}`
        : undefined;
  const written = writer === undefined ? undefined : `such files are written by ${writer}`;
  return [written, remark, answered].filter((one) => one !== undefined);
}

function asJson(
  path: Str,
  { python, isRead, source, writer, tag, interpreters, levels, remark }: Named,
): Json {
  return {
    path: encodeValue(path),
    ...(source === undefined ? {} : { source: encodeValue(source) }),
    python: outcomeJson(python),
    ...(writer === undefined ? {} : { writer }),
    ...(tag === undefined ? {} : { tag: encodeValue(str(tag)) }),
    isRead,
    interpreters: interpreters.map(
      ({ implementation, series }) => `${implementationNames[implementation]} ${series}`,
    ),
    levels: levels.map((level) => encodeValue(str(level))),
    ...(remark === undefined ? {} : { remark }),
  };
}

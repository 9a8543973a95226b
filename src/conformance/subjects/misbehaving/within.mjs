/*
 * An adapter for a part of the function, which exits at a call outside it. With an argument, it is also wrong inside.
 */
import { converse, exitAfter, send } from './conversation.mjs';

const [wrong] = process.argv.slice(2);
const tags = ['cpython-312', 'pypy310'];
const inside = /^\/(?:[A-Za-z_]\w*\/)+([A-Za-z_]\w*)\.py$/;

const fileOf = ({ args: [path], kwargs = {}, env: { cache_tag: tag } }) => {
  const found = typeof path === 'string' ? inside.exec(path) : null;
  const { optimization } = kwargs;
  if (found === null || !tags.includes(tag) || !['', 1].includes(optimization))
    return exitAfter(`outside: ${path}\n`, 1);
  const segment = optimization === 1 && wrong === undefined ? '.opt-1' : '';
  return `${path.slice(0, path.lastIndexOf('/'))}/__pycache__/${found[1]}.${tag}${segment}.pyc`;
};

converse({
  hello: () =>
    send({
      protocol: 1,
      implementation: { name: 'within', version: '1.0.0' },
      python: '3.12.1',
      platform: 'posix',
      supports: ['optimization', 'cache_tag'],
      fixed: { optimize: 0 },
      domain: {
        path: { suffixes: ['.py'], form: 'absolute', nested: true, names: 'identifier', normalized: true },
        optimization: ['', 1],
        cache_tag: tags,
      },
    }),
  calls: ({ seq, calls }) => send({ seq, outcomes: calls.map((call) => ({ return: fileOf(call) })) }),
  bye: () => process.exit(0),
});

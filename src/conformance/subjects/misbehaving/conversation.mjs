/** @param on what to do at `hello`, at each message of `calls`, and at `bye` */
export function converse(on) {
  process.stderr.write(`pid ${process.pid}\n`);
  let partial = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk) => {
    const lines = (partial + chunk).split('\n');
    partial = lines.pop();
    for (const line of lines) {
      const request = JSON.parse(line);
      if (request.op === 'hello') on.hello();
      else if (request.op === 'call') on.calls(request);
      else on.bye();
    }
  });
}

export const write = (text, done) => process.stdout.write(text, done);
export const lineOf = (json) => `${JSON.stringify(json)}\n`;
export const send = (json) => write(lineOf(json));
export const exitAfter = (text, code) => {
  process.stderr.write(text);
  process.exit(code);
};
/** Keeps the process from ending by itself. */
export const stay = () => setInterval(() => {}, 1000);
/** Blocks forever. */
export const hang = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

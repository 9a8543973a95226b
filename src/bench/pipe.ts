/* A process that answers a line with a line, and whose answers are not looked into. */
import { startProcess } from '../conformance/subjects/process.ts';

export type Pipe = {
  /**
   * Writes lines as fast as the process takes them.
   *
   * @param text lines, each with its end
   * @param lines how many they are
   * @returns when each has been answered: the text of the answers if it is kept
   * @throws Error when the process ends first
   */
  ask(text: string | Buffer, lines: number): Promise<string>;
  /** @param text the last line, which has no answer */
  close(text?: string): Promise<void>;
};

const lineEnd = 0x0a;

/**
 * @param keeps whether the answers are kept; otherwise they are only counted
 * @throws NoSuchProgram
 */
export async function openPipe(command: readonly string[], keeps = false): Promise<Pipe> {
  const channel = await startProcess(command);
  let missing = 0;
  let kept: Buffer[] = [];
  let answered = (): void => {};
  let failed: (error: Error) => void = () => {};
  channel.stderr.pipe(process.stderr, { end: false });
  channel.stdout.on('data', (chunk: Buffer) => {
    if (keeps) kept.push(chunk);
    for (let at = chunk.indexOf(lineEnd); at >= 0; at = chunk.indexOf(lineEnd, at + 1)) missing--;
    if (missing <= 0) answered();
  });
  void channel.ended.then((how) =>
    failed(new Error(`${command.join(' ')} ended ${how}, and ${missing} answers were missing`)),
  );
  return {
    ask: (text, lines) =>
      new Promise((resolve, reject) => {
        missing = lines;
        kept = [];
        answered = () => resolve(Buffer.concat(kept).toString());
        failed = reject;
        channel.stdin.write(text);
      }),
    async close(text = '') {
      channel.stdin.end(text);
      await channel.ended;
    },
  };
}

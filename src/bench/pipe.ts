/* A process that answers each line with a line. The answers are not examined. */
import { startProcess } from '../conformance/subjects/process.ts';

export type Pipe = {
  /**
   * Writes lines as fast as the process reads them.
   *
   * @param text lines, each with its line end
   * @param lines the number of lines
   * @returns the text of the answers, if it is kept, after all lines have been answered
   * @throws Error if the process ends first
   */
  ask(text: string | Buffer, lines: number): Promise<string>;
  /** @param text the last line, which gets no answer */
  close(text?: string): Promise<void>;
};

const lineEnd = 0x0a;

/**
 * @param keeps whether to keep the answers, instead of only counting them
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

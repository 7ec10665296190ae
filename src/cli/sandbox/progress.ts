export interface Progress {
  /** Runs `work` under this heading and ticks it off. */
  step<T>(heading: string, work: () => Promise<T>): Promise<T>;
  /** Wipes the list where the terminal can, so that one screen remains. */
  clear(): void;
}

interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** What is being done, one line a step with its time in ms; lines that run together redraw together on a terminal. */
export function showProgress(screen: Screen, now: () => number): Progress {
  const lines: string[] = [];
  let drawn = 0;
  const draw = (): void => {
    screen.write(`${drawn > 0 ? `\u001B[${drawn}A\u001B[J` : ''}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  return {
    async step(heading, work) {
      const started = now();
      const own = lines.push(`  ... ${heading}`) - 1;
      if (screen.isTTY) draw();
      const result = await work();
      lines[own] = `  ok  ${heading} (${Math.round(now() - started)} ms)`;
      if (screen.isTTY) draw();
      else screen.write(`${lines[own]}\n`);
      return result;
    },
    clear() {
      if (screen.isTTY && drawn > 0) screen.write(`\u001B[${drawn}A\u001B[J`);
      drawn = 0;
    },
  };
}

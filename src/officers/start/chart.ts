/** A chart's place for its columns: x in per cent of the width, so that the drawing stretches and its letters do not. */
const LEFT = 12;
const TOP = 12;
const PLOT_HEIGHT = 140;
/** Of the room of one step, how much stays empty. */
const GAP = 0.25;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColumnChart {
  /** Lines across, lowest first. */
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
  /** One a step: the middle of it, and a bar for each series in their order. */
  readonly steps: readonly { readonly middle: number; readonly bars: readonly Bar[] }[];
  readonly left: number;
  readonly base: number;
}

/** Columns side by side for each step, `steps[i][series]`. Undefined when all are 0: there is nothing to draw. */
export function columnChart(steps: readonly (readonly number[])[]): ColumnChart | undefined {
  const highest = Math.max(0, ...steps.flat());
  if (highest === 0) return undefined;
  const top = roundUp(highest);
  const heightOf = (value: number) => round((value / top) * PLOT_HEIGHT);
  const room = (100 - LEFT) / steps.length;
  const base = TOP + PLOT_HEIGHT;
  return {
    left: LEFT,
    base,
    ticks: [0, top / 2, top].filter(Number.isInteger).map((value) => ({ value, y: base - heightOf(value) })),
    steps: steps.map((values, i) => {
      const x = LEFT + i * room;
      const width = (room * (1 - GAP)) / values.length;
      const bars = values.map((value, series) => ({
        x: round(x + (room * GAP) / 2 + series * width),
        y: base - heightOf(value),
        width: round(width),
        height: heightOf(value),
      }));
      return { middle: round(x + room / 2), bars };
    }),
  };
}

/** The next of 1, 2, 4, 5, 10, 20, 40 … from `value` on, so that the lines stand at round numbers. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 5, 10].find((one) => one * power >= value) ?? 10;
  return factor * power;
}

const round = (value: number): number => Math.round(value * 100) / 100;

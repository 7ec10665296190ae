import type { ViewName, Views } from '../../src/http/page.ts';

/** One page in one state. `value` fills every place that echoes what somebody typed or registered. */
export interface Example {
  readonly view: ViewName;
  readonly state: string;
  readonly model: object;
}

export const example = <V extends ViewName>(view: V, state: string, model: Views[V]): Example => ({
  view,
  state,
  model,
});

/** The default branch of an exhaustive switch: a type error while a case is missing, a defect if it is ever run. */
export function unreachable(value: never): never {
  const { kind } = value as { kind?: string };
  throw new Error(`unreachable: ${kind ?? String(value)}`);
}

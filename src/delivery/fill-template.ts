export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const PLACEHOLDER = /\{([a-z_]+(?:\.\w+)?)\}/g;

/** The names of all `{placeholders}` in the strings of a template. */
export function placeholdersOf(template: Json): string[] {
  if (typeof template === 'string') return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(placeholdersOf);
}

/** One pass: a value that looks like a placeholder stays what it is. Throws a defect for an unknown name. */
export function fillText(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the template names an unknown placeholder ${name}`);
    return value;
  });
}

/** Fills the strings of a JSON value, so that a text can never become structure. */
export function fillJson(template: Json, values: ReadonlyMap<string, string>): Json {
  if (typeof template === 'string') return fillText(template, values);
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item: Json) => fillJson(item, values));
  return Object.fromEntries(Object.entries(template).map(([key, item]) => [key, fillJson(item, values)]));
}

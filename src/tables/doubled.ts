/** Names that stand twice or more, in order of their second appearance. */
export function doubled(names: readonly string[]): ReadonlySet<string> {
  const first = new Set<string>();
  return new Set(names.filter((name) => first.size === first.add(name).size));
}

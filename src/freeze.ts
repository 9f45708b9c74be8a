/** Freezes plain data all the way down, and returns it. Typed arrays cannot be frozen and are left alone. */
export function deepFreeze<T>(data: T): T {
  // What is no object counts as frozen.
  if (Object.isFrozen(data) || ArrayBuffer.isView(data)) return data;
  const values: readonly unknown[] = Array.isArray(data) ? data : Object.values(data as object);
  for (let i = 0; i < values.length; i++) if (typeof values[i] === 'object') deepFreeze(values[i]);
  return Object.freeze(data);
}

/** Freezes plain data all the way down, and returns it. Typed arrays cannot be frozen and are left alone. */
export function deepFreeze<T>(data: T): T {
  if (data === null || typeof data !== 'object' || ArrayBuffer.isView(data) || Object.isFrozen(data)) return data;
  for (const value of Array.isArray(data) ? data : Object.values(data)) deepFreeze(value);
  return Object.freeze(data);
}

/** Why the system refused a file, in words. */

/** What the system's codes mean for whoever named the file. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a path through something that is no folder',
  EISDIR: 'a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a place that is read-only',
  ENOSPC: 'a full disk',
};

/** What to say after `got`: the system's own message where none of ours stands for it. */
export function fileReason(cause: unknown): string {
  const { code, message } = cause as Partial<NodeJS.ErrnoException>;
  return REASONS[code ?? ''] ?? message ?? String(cause);
}

// Watches folders for changed files, one folder at a time: on Linux the recursive mode of fs.watch follows files, and
// loses one that an editor replaces, as most do when they save.
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

const GATHER_FOR = 100; // ms; an editor or git writes several files in one go

/**
 * Calls `changed` with the files below the folders that were written, made, renamed or deleted, relative to `root`. The
 * returned function ends it.
 */
export function watchFolders(
  root: string,
  folders: readonly string[],
  changed: (files: ReadonlySet<string>) => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  let files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function note(file: string): void {
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const gathered = files;
      files = new Set();
      changed(gathered);
    }, GATHER_FOR);
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  /** Watches a folder and all below it. Files of a folder that is found later count as changed. */
  function follow(folder: string, isNew: boolean): void {
    forget(folder); // a folder that was made again is another one
    const watcher = watch(join(root, folder), (_, name) => name !== null && look(`${folder}/${name}`));
    watchers.set(
      folder,
      watcher.on('error', () => forget(folder)),
    );
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) follow(path, isNew);
      else if (isNew) note(path);
    }
  }

  function look(path: string): void {
    const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory();
    if (!isFolder) note(path);
    else if (!watchers.has(path)) follow(path, true);
  }

  for (const folder of folders) follow(folder, false);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

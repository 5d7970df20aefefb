// Reads docker-compose.yml as an engine does: merges anchors and fills in variables.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  profiles?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: 'service_healthy' | 'service_completed_successfully' }>;
}

export const root = join(import.meta.dirname, '../..');

/** The services of the file, with these variables set; others have the file's defaults. */
export function readCompose(env: Record<string, string> = {}): Record<string, ComposeService> {
  const text = filled(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), env).replaceAll('$$', '$');
  return (parse(text, { merge: true }) as { services: Record<string, ComposeService> }).services;
}

/** A default may contain variables: the innermost are filled in first. */
function filled(text: string, env: Record<string, string>): string {
  const once = text.replaceAll(/\$\{(\w+):-([^{}]*)\}/g, (_, name: string, usual: string) => env[name] ?? usual);
  return once === text ? text : filled(once, env);
}

/** The names of our own services: those that run from our image. */
export const ours = (services: Record<string, ComposeService>): string[] =>
  Object.keys(services).filter((name) => services[name]!.image === 'fareloom');

/** The same names, dependencies first. */
export function inOrder(services: Record<string, ComposeService>, names: readonly string[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    for (const needed of Object.keys(services[name]!.depends_on ?? {})) visit(needed);
    if (names.includes(name)) ordered.add(name);
  };
  names.forEach(visit);
  return [...ordered];
}

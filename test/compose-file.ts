// docker-compose.yml as an engine reads it: anchors merged, variables filled in.
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

export const root = join(import.meta.dirname, '..');

/** The services of the file, with these variables set; others have the defaults that the file names. */
export function readCompose(env: Record<string, string> = {}): Record<string, ComposeService> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const filled = text.replaceAll(/\$\$|\$\{(\w+):-([^}]*)\}/g, (whole, name: string, usual: string) =>
    whole === '$$' ? '$' : (env[name] ?? usual),
  );
  return (parse(filled, { merge: true }) as { services: Record<string, ComposeService> }).services;
}

/** The names of our own services: those that run from our image. */
export const ours = (services: Record<string, ComposeService>): string[] =>
  Object.keys(services).filter((name) => services[name]!.image === 'fareloom');

/** The same names, what is depended on first. */
export function inOrder(services: Record<string, ComposeService>, names: readonly string[]): string[] {
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    for (const needed of Object.keys(services[name]!.depends_on ?? {})) visit(needed);
    if (names.includes(name)) ordered.add(name);
  };
  names.forEach(visit);
  return [...ordered];
}

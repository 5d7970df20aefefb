// Operations with @defer: each drawn operation with some of its fragments deferred.
import { type ASTNode, type DirectiveNode, type GraphQLSchema, Kind, parse, print, validate, visit } from 'graphql';
import { deferRules } from '../../gateway/documents/defer.ts';
import { withDefer } from '../../schema/composition/defer.ts';
import type { Random } from './random.ts';

/** The document with @defer on some of its fragments; undefined if none of them may be deferred. */
export function withDeferred(document: string, schema: GraphQLSchema, random: Random): string | undefined {
  let count = 0;
  const defer = (node: ASTNode & { directives?: readonly DirectiveNode[] }) => {
    if (!random.chance(0.7)) return undefined;
    count++;
    return { ...node, directives: [...(node.directives ?? []), DEFER] };
  };
  const deferred = visit(parse(document, { noLocation: true }), {
    InlineFragment: { leave: defer },
    FragmentSpread: { leave: defer },
  });
  const isValid = !validate(withDefer(schema), deferred, deferRules).length;
  return count && isValid ? print(deferred) : undefined;
}

const DEFER: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } };

/**
 * Whether the parts lose no more than a fault explains: what the client has is right, but a fragment can be missing
 * where its part has no data, and a null that would have reached a parent in one answer leaves the parent there.
 */
export function isWithin(given: unknown, whole: unknown): boolean {
  if (whole === null || Object.is(given, whole)) return true;
  if (typeof given !== 'object' || typeof whole !== 'object' || given === null) return false;
  if (Array.isArray(given) || Array.isArray(whole))
    return (
      Array.isArray(given) &&
      Array.isArray(whole) &&
      given.length === whole.length &&
      given.every((item, i) => isWithin(item, whole[i]))
    );
  return Object.entries(given).every(([name, value]) => isWithin(value, (whole as Record<string, unknown>)[name]));
}

// The variables of @skip, @include and @defer in a document.
import { type DocumentNode, Kind, visit } from 'graphql';
import { DEFER } from '../../schema/composition/defer.ts';
import { oncePer } from '../../schema/values/once-per.ts';

const CONDITIONAL: ReadonlySet<string> = new Set(['skip', 'include', DEFER]);

/** The names of the variables, each once. */
export const conditionVariables = oncePer((document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (!CONDITIONAL.has(name.value)) return;
      const condition = given.find((each) => each.name.value === 'if')?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names];
});

// The variables of @skip and @include in a document.
import { type DocumentNode, Kind, visit } from 'graphql';
import { oncePer } from '../../schema/values/once-per.ts';

/** The names of the variables, each once. */
export const conditionVariables = oncePer((document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: [condition] = [] }) => {
      if ((name.value === 'skip' || name.value === 'include') && condition?.value.kind === Kind.VARIABLE)
        names.add(condition.value.name.value);
    },
  });
  return [...names];
});

// Parses a PromQL expression: the metrics that it selects, their matchers, and its grouping labels.
import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  label: string;
  op: string;
  value: string;
}

export interface Selector {
  metric: string;
  matchers: Matcher[];
}

export interface Expression {
  selectors: Selector[];
  /** The labels in its `by`, `without`, `on` and so on. */
  groupings: string[];
}

/** Throws an Error with the position if the text is not PromQL. */
export function readPromql(text: string): Expression {
  const parsed: Expression = { selectors: [], groupings: [] };
  const textOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
  parser.parse(text).iterate({
    enter({ node, name, type }) {
      if (type.isError) throw new Error(`no PromQL at ${node.from}: ${text}`);
      if (name === 'VectorSelector') parsed.selectors.push(selectorOf(node, textOf));
      if (name === 'GroupingLabels') parsed.groupings.push(...node.getChildren('LabelName').map(textOf));
    },
  });
  return parsed;
}

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

function selectorOf(node: SyntaxNode, textOf: (node: SyntaxNode) => string): Selector {
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return {
    metric: textOf(node.getChild('Identifier')!),
    matchers: matchers.map((matcher) => {
      const [label, op, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) =>
        textOf(matcher.getChild(part)!),
      );
      return { label: label!, op: op!, value: value!.slice(1, -1) };
    }),
  };
}

import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * What an invariant or an error says is for people who read a log: nothing may depend on it, so no test should, and a
 * change of it is no change of what the code does.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'messages', {
    shouldIgnore(path) {
      const call = path.parentPath?.node;
      if (!call || (!path.isStringLiteral() && !path.isTemplateLiteral())) return undefined;
      const { callee, type } = call;
      const isInvariant =
        type === 'CallExpression' && callee.name === 'invariant' && call.arguments[1] === path.node;
      const isError = type === 'NewExpression' && callee.name === 'Error' && call.arguments[0] === path.node;
      return isInvariant || isError ? 'a message for the log' : undefined;
    },
  }),
];

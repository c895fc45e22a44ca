/**
 * The direction of the code: app → domains → ledger → database → kernel. Each rule is shown to fire by
 * e2e/architecture/rules.test.ts, which plants a violation of it.
 */
const domains =
  'cards|checkout|gifts|sales|vault|shop|risk|identity|support|enterprise|partners|treasury|captcha|audit|notify|outbox|gateways|jobs';
const tests = '\\.(test|db\\.test)\\.tsx?$|/testing(/|\\.ts)|/contract\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^lib/kernel/' },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/kernel/' },
    },
    {
      name: 'database-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/database/', pathNot: tests },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/(database|kernel)/|^lib/(env|faults)\\.ts$' },
    },
    {
      name: 'ledger-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/ledger/' },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/(ledger|database|kernel)/' },
    },
    {
      name: 'policy-is-pure',
      severity: 'error',
      from: { path: '^lib/policy/', pathNot: tests },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/(policy|kernel)/' },
    },
    {
      name: 'domains-know-no-http-and-no-react',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(i18n|request-guard)/|${tests}` },
      to: { path: '(^|/)node_modules/(next|react|react-dom|next-intl|next-auth)/|^(app|components)/' },
    },
    {
      name: 'prisma-only-in-database',
      comment: 'Stores use the client that lib/database gives; nobody else loads Prisma.',
      severity: 'error',
      from: { pathNot: '^lib/database/|^prisma|^scripts/|^bench/' },
      to: { path: '(^|/)node_modules/(@prisma|prisma|better-sqlite3|pg)/|^lib/database/generated/' },
    },
    {
      name: 'domains-meet-at-their-front-doors',
      severity: 'error',
      from: { path: `^lib/(${domains}|ledger|policy)/`, pathNot: tests },
      to: {
        path: `^lib/(${domains}|ledger|policy|database)/`,
        pathNot: `^lib/$1/|^lib/[^/]+/index\\.ts$|^lib/gateways/sandbox/index\\.ts$`,
      },
    },
    {
      name: 'app-uses-front-doors',
      comment: 'Pages see a domain through index.ts; client components through its pure model and schemas.',
      severity: 'error',
      from: { path: '^(app|components)/', pathNot: tests },
      to: {
        path: `^lib/(${domains}|ledger|database|risk)/`,
        pathNot:
          '^lib/[^/]+/index\\.ts$|/(schemas|model|typed-text|[a-z]+-form)\\.ts$|^lib/gateways/sandbox/index\\.ts$',
      },
    },
    {
      name: 'components-run-no-operations',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: {
        path: `^lib/(${domains}|ledger|database)/`,
        pathNot: '/(schemas|model|typed-text|[a-z]+-form)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^components/ui/', pathNot: tests },
      to: { path: '^lib/', pathNot: '^lib/kernel/' },
    },
    {
      name: 'gateway-libraries-stay-in-their-folder',
      severity: 'error',
      from: { pathNot: '^lib/gateways/alipay/' },
      to: { path: '(^|/)node_modules/alipay-sdk/' },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: tests },
      to: { path: '\\.test\\.tsx?$|/testing(/|\\.ts)' },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules|^lib/database/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

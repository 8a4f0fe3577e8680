/**
 * Adds to Backstage's rules, for a package's .eslintrc.js, who may import what
 * and what counts as a test.
 *
 * A layer is `{ packages, allowedIn, message }`: packages by name, with their
 * sub-paths and, where the name ends in a slash, all of that scope; the files
 * of the package that may import them; and why the others may not. Tests, and
 * what src/testing holds for them, may import everything.
 */
function withHouseRules(config, layers) {
  const [, ...others] = config.rules['no-restricted-syntax'];
  const allExcept = allowed => [
    'error',
    ...others,
    ...layers.filter(layer => layer !== allowed).map(toRestriction),
  ];
  const tests = config.overrides.find(({ files }) =>
    files.includes('**/*.test.*'),
  );

  const testSyntax = tests.rules['no-restricted-syntax'];

  return {
    ...config,
    rules: { ...config.rules, 'no-restricted-syntax': allExcept() },
    overrides: [
      ...config.overrides,
      ...layers
        .filter(({ allowedIn }) => allowedIn)
        .map(layer => ({
          files: layer.allowedIn,
          rules: { 'no-restricted-syntax': allExcept(layer) },
        })),
      // Again, so that it wins. A severity alone would not do: ESLint then
      // keeps the options from above.
      {
        files: [...tests.files, 'src/testing/**'],
        rules: {
          'no-restricted-syntax': testSyntax.length > 1 ? testSyntax : 'off',
        },
      },
      {
        // What fast-check and supertest check counts as well.
        files: tests.files,
        rules: {
          'jest/expect-expect': [
            'error',
            { assertFunctionNames: ['expect', 'fc.assert', '**.expect'] },
          ],
        },
      },
      {
        // What several tests share: only they import it, so devDependencies are
        // enough, and it may hold tests for each of them.
        files: ['src/testing/**'],
        rules: {
          '@backstage/no-undeclared-imports': 'off',
          'jest/expect-expect': 'off',
          'jest/no-export': 'off',
        },
      },
    ],
  };
}

// A selector rather than no-restricted-imports, which does not see `import()`
// and `require()`.
function toRestriction({ packages, message }) {
  const names = packages.map(name => {
    // A selector's regular expression cannot hold a slash.
    const escaped = name.replace(/\//g, '\\u002F');
    return name.endsWith('/') ? escaped : `${escaped}(\\u002F|$)`;
  });
  const named = `[value=/^(${names.join('|')})/]`;
  return {
    selector: [
      `ImportDeclaration > Literal.source${named}`,
      `ExportNamedDeclaration > Literal.source${named}`,
      `ExportAllDeclaration > Literal.source${named}`,
      `ImportExpression > Literal.source${named}`,
      `TSImportType Literal${named}`,
      `TSExternalModuleReference > Literal${named}`,
      `CallExpression[callee.name='require'] > Literal${named}`,
    ].join(', '),
    message,
  };
}

const sandbox = {
  packages: ['backstage-plugin-aws-access-sandbox'],
  message:
    'Nothing that runs in production may depend on the sandbox: reach it over the protocols of the clouds.',
};

module.exports = { withHouseRules, sandbox };

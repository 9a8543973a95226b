/* The colours of code, as variables in the site's style, so that one highlighting serves both colour schemes. */
import type { ThemeRegistration } from 'shiki';

const scopes: Record<string, readonly string[]> = {
  comment: ['comment', 'punctuation.definition.comment', 'string.quoted.docstring'],
  string: ['string', 'punctuation.definition.string', 'constant.character.escape'],
  keyword: ['keyword', 'storage', 'variable.language'],
  constant: ['constant.numeric', 'constant.language', 'support.constant'],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
};

export const colours: ThemeRegistration = {
  name: 'pycache-spec',
  type: 'light',
  fg: 'var(--spec-code)',
  bg: 'var(--vp-code-block-bg)',
  settings: [
    { settings: { foreground: 'var(--spec-code)', background: 'var(--vp-code-block-bg)' } },
    ...Object.entries(scopes).map(([name, scope]) => ({
      scope: [...scope],
      settings: { foreground: `var(--spec-code-${name})` },
    })),
  ],
};

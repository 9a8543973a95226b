/* What the reference says of itself as an adapter. */
export const hello = {
  protocol: 1,
  implementation: { name: 'rig', version: '1.0.0' },
  python: '3.12.1',
  platform: 'posix',
  supports: [
    'optimization',
    'debug_override',
    'path_like',
    'cache_tag',
    'optimize',
    'warnings',
    'messages',
    'python_calls',
    'objects',
    'values',
  ],
};

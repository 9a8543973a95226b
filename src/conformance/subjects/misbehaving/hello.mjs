/* The hello of the reference as an adapter. */
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

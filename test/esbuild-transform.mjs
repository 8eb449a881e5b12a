import { transformSync } from 'esbuild';

/** Jest transform: strips types; esbuild because ts-jest cannot load TypeScript 7. */
export default {
  process: (source, path) =>
    transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node24',
      sourcefile: path,
      sourcemap: 'inline',
    }),
};

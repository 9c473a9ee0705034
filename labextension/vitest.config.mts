import { defineConfig } from 'vitest/config';

const dependencies = [/@jupyterlab/, /@jupyter\//, /@lumino/, /@jupyter-widgets/, /@microsoft/];

export default defineConfig({
  test: {
    testTimeout: 30000,
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    server: { deps: { inline: dependencies } }
  }
});

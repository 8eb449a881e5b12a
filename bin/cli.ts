#!/usr/bin/env node
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `ml-connector needs Node 24, this is ${process.version}: run it with npx, or install Node 24.`,
  );
  process.exitCode = 1;
} else {
  // Imported only now: an older Node could not even read it.
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2), process);
}

export {};

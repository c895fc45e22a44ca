// npm run check: everything but the browser. Same steps as `npm test`, without building.
process.env.KABAO_SKIP_BROWSER = '1';
await import('./test.mjs');

// `npm run bench -- [till] [--quick] [--full]`, `npm run bench -- operator [--documents N]`.

if (process.argv[2] === 'operator') await import('./operator-report.ts')
else await import('./till.ts')

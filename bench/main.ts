// `npm run bench -- [till] [--quick] [--full]`, `npm run bench -- sale [--sales N]`,
// `npm run bench -- operator [--documents N]`, `npm run bench -- office [--transactions N]`,
// `npm run bench -- goods [--rows N]`.

if (process.argv[2] === 'operator') await import('./operator-report.ts')
else if (process.argv[2] === 'office') await import('./office-report.ts')
else if (process.argv[2] === 'goods') await import('./goods.ts')
else if (process.argv[2] === 'sale') await import('./sale-report.ts')
else await import('./till.ts')

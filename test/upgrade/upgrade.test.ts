// A data folder of the release before is taken over.
import { restoreSqlite } from './recorded.ts';
import { takingOver } from './upgrade.ts';

takingOver({
  kind: 'sqlite',
  async restore(from, folder) {
    await restoreSqlite(from, folder);
    return `sqlite:${folder}`;
  },
});
